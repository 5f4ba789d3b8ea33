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
 * @param ehr by the EHR
 * @param client by this process
 * @param machine by everything on this machine; 0 where the system does not say
 */
record ProcessorTime(double hub, double ehr, double client, double machine) {
    private static final Path PROC_STAT = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int LAST_OF_INTEREST = 8;

    /** What was used until now. */
    static ProcessorTime now(ChildProcess hub, ChildProcess ehr) {
        var self = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return new ProcessorTime(seconds(hub.cpu()), seconds(ehr.cpu()), seconds(self), wholeMachine());
    }

    ProcessorTime minus(ProcessorTime earlier) {
        return new ProcessorTime(
                hub - earlier.hub, ehr - earlier.ehr, client - earlier.client, machine - earlier.machine);
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
            var fields = lines.findFirst().orElse("").split("\\s+");
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
}
