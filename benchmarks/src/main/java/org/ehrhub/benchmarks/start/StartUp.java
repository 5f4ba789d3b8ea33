package org.ehrhub.benchmarks.start;

import java.io.IOException;
import java.util.List;
import org.ehrhub.benchmarks.Report;
import org.ehrhub.benchmarks.Target;
import org.ehrhub.benchmarks.processes.Hub;
import org.ehrhub.benchmarks.processes.Workplace;

/**
 * From {@code ./ehr-hub} to the first list of tools, over HTTP and over standard input and output, with the JVM's
 * ahead-of-time cache and without.
 *
 * @param starts how often each is started
 */
public record StartUp(int starts) {
    private static final double MOST_HTTP_SECONDS = 4.0;
    private static final double MOST_ATTACHED_SECONDS = 1.5;

    /** Measures and reports. */
    public void run(Workplace place, Report report) throws IOException, InterruptedException {
        int port = Workplace.freePort();
        var attachedTo = place.quickStart();
        try (var hub = new Hub(place, true).start(attachedTo, port)) {
            Hub.awaitPort(hub, port);
            var http = new StartCase("HTTP", true, StartCase.http(place));
            var attached = new StartCase("stdio, a hub runs", true, StartCase.stdio(attachedTo));
            var cases = List.of(
                    http,
                    new StartCase("HTTP", false, StartCase.http(place)),
                    attached,
                    new StartCase("stdio, a hub runs", false, StartCase.stdio(attachedTo)),
                    new StartCase("stdio, no hub runs", true, StartCase.stdio(place.quickStart())),
                    new StartCase("stdio, no hub runs", false, StartCase.stdio(place.quickStart())));
            measure(cases, place);
            report(cases, report);
            report.target(Target.atMost(
                    "stdio attached, median start to tools/list",
                    attached.seconds().median(),
                    MOST_ATTACHED_SECONDS,
                    "s"));
            report.target(Target.atMost(
                    "HTTP, median start to tools/list", http.seconds().median(), MOST_HTTP_SECONDS, "s"));
        }
    }

    /** Round by round, so that a busy spell of the machine meets every case. */
    private void measure(List<StartCase> cases, Workplace place) throws IOException, InterruptedException {
        for (var one : cases) {
            one.once(place);
            one.forget();
        }
        for (int i = 0; i < starts; i++) {
            for (var one : cases) {
                one.once(place);
            }
        }
    }

    private void report(List<StartCase> cases, Report report) {
        report.section("Start to the first `tools/list`");
        report.text(
                "Seconds from before `./ehr-hub` is started until it has answered `initialize` and `tools/list`; best and"
                        + " median of " + starts
                        + ", after one start that is not counted. The configuration is the quick start's: a hub"
                        + " that runs alone starts both embedded EHRs too. CPU is what the process had used by then."
                        + " On the usual data directory `./ehr-hub stdio` leaves the cache out when a hub runs; here it is told to use it.");
        report.table(
                List.of("way", "AOT cache", "best s", "median s", "CPU s"),
                cases.stream().map(StartCase::row).toList());
        for (int i = 0; i < cases.size(); i += 2) {
            double saved =
                    cases.get(i).seconds().median() / cases.get(i + 1).seconds().median();
            report.figure("%s: with the AOT cache %.0f %% of the time without"
                    .formatted(cases.get(i).row().getFirst(), saved * 100));
        }
    }
}
