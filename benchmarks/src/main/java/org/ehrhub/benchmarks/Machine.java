package org.ehrhub.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The machine of a run, without its name. */
record Machine(int processors, String model, long memoryGib, double loadBefore) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** This machine; the load is the one-minute average before anything of the benchmark ran. */
    static Machine here(double loadBefore) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                processorModel(),
                Math.round(system.getTotalMemorySize() / 0x1p30),
                loadBefore);
    }

    /** Whether others use so much of it that latencies say little. */
    boolean busy() {
        return loadBefore > 0.3 * processors;
    }

    private static String processorModel() {
        if (!Files.isReadable(CPU_INFO)) {
            return "";
        }
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "%s; %d processors%s, %d GiB of memory, %s %s, JDK %s (%s); load average before the run %.1f%s."
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        processors,
                        model,
                        memoryGib,
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.version"),
                        System.getProperty("java.vendor"),
                        loadBefore,
                        busy() ? ": **busy, so the times below are longer than they should be**" : "");
    }
}
