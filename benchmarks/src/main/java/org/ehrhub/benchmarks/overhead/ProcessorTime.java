package org.ehrhub.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.ehrhub.benchmarks.processes.ChildProcess;

/**
 * Processor time used, in seconds of one processor.
 *
 * @param hub by the hub
 * @param compilers by the hub's JIT compilers, which is part of it and becomes less the longer a hub runs; 0 where the system
 *     does not say
 * @param ehr by the EHR
 * @param client by this process
 * @param machine by everything on this machine; 0 where the system does not say
 */
record ProcessorTime(double hub, double compilers, double ehr, double client, double machine) {
    private static final Path PROC_STAT = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int LAST_OF_INTEREST = 8;
    /** Counted after the thread's name, which may hold spaces. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;

    /** What was used until now. */
    static ProcessorTime now(ChildProcess hub, ChildProcess ehr) {
        var self = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return new ProcessorTime(
                seconds(hub.cpu()), compilers(hub.process().pid()), seconds(ehr.cpu()), seconds(self), wholeMachine());
    }

    /** The same where the EHR is none of the benchmark's own processes: what it uses counts as others' use. */
    static ProcessorTime now(ChildProcess hub) {
        var self = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return new ProcessorTime(seconds(hub.cpu()), compilers(hub.process().pid()), 0, seconds(self), wholeMachine());
    }

    ProcessorTime minus(ProcessorTime earlier) {
        return new ProcessorTime(
                hub - earlier.hub,
                Math.max(0, compilers - earlier.compilers),
                ehr - earlier.ehr,
                client - earlier.client,
                machine - earlier.machine);
    }

    /** What processes used that do not belong to the benchmark. */
    double others() {
        return machine == 0 ? 0 : Math.max(0, machine - hub - ehr - client);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** The first line of /proc/stat (proc_stat(5)): cpu user nice system idle iowait irq softirq steal ... */
    private static double wholeMachine() {
        if (!Files.isReadable(PROC_STAT)) {
            return 0;
        }
        try (var lines = Files.lines(PROC_STAT)) {
            var fields = lines.findFirst().orElse("").split("\\s+", -1);
            fields[IDLE] = "0";
            fields[IO_WAIT] = "0";
            return Arrays.stream(fields, 1, Math.min(fields.length, LAST_OF_INTEREST + 1))
                            .mapToLong(Long::parseLong)
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Of the threads whose name begins with C1 or C2 (proc_pid_stat(5): fields 14 and 15, user and system time). */
    private static double compilers(long pid) {
        var tasks = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        try (var threads = Files.list(tasks)) {
            return threads.mapToLong(ProcessorTime::compilerTicks).sum() / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long compilerTicks(Path task) {
        try {
            var stat = Files.readString(task.resolve("stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return stat.contains("(C1 Comp") || stat.contains("(C2 Comp")
                    ? Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])
                    : 0;
        } catch (IOException e) {
            return 0; // The thread has ended.
        }
    }
}
