package org.ehrhub.benchmarks.overhead;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ehrhub.benchmarks.Report;
import org.ehrhub.benchmarks.statistics.Pair;
import org.ehrhub.benchmarks.statistics.Samples;

/**
 * Pairs of windows as a table.
 *
 * @param title what stands over the rows
 * @param measured the pairs
 */
record WindowTable(String title, List<Pair<Window>> measured) {
    void in(Report report) {
        var direct = measured.stream().map(Pair::direct).toList();
        var hub = measured.stream().map(Pair::hub).toList();
        report.table(
                List.of(title, "p50 ms", "p99 ms", "calls/s", "CPU µs/call: hub", "of it JIT", "EHR", "client"),
                List.of(row("direct", direct), row("hub", hub)));
        report.text("Medians of %d windows of %s s each. Other processes used %.0f %% of the machine meanwhile."
                .formatted(measured.size(), direct.getFirst().seconds(), othersPercent()));
    }

    private static List<String> row(String name, List<Window> windows) {
        return List.of(
                name,
                "%.2f".formatted(median(windows, Window::p50)),
                "%.2f".formatted(median(windows, Window::p99)),
                "%.0f".formatted(median(windows, Window::callsPerSecond)),
                "%.0f".formatted(median(windows, Window::hubPerCall)),
                "%.0f".formatted(median(windows, Window::compilersPerCall)),
                "%.0f".formatted(median(windows, Window::ehrPerCall)),
                "%.0f".formatted(median(windows, Window::clientPerCall)));
    }

    private static double median(List<Window> windows, ToDoubleFunction<Window> figure) {
        return Samples.of(windows.stream().mapToDouble(figure).toArray()).median();
    }

    private double othersPercent() {
        int processors = Runtime.getRuntime().availableProcessors();
        return measured.stream()
                        .flatMap(pair -> Stream.of(pair.direct(), pair.hub()))
                        .mapToDouble(one -> one.used().others() / one.seconds() / processors)
                        .average()
                        .orElse(0)
                * 100;
    }
}
