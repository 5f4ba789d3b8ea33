package org.ehrhub.benchmarks.overhead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ehrhub.benchmarks.statistics.Pair;

/**
 * The same reads of one EHR, directly and through the hub, in alternating windows.
 *
 * @param load makes the calls
 * @param direct the baseline, which many threads may share
 * @param hub the hub's side, one for each connection
 * @param window how long each window is
 */
record Comparison(Load load, PatientRead direct, List<PatientRead> hub, Duration window) {
    /** Calls both sides for a while; the hub has the larger part, because its JIT compilers have most to do. */
    void warmUp(Duration time) throws InterruptedException {
        load.run(Collections.nCopies(hub.size(), direct), time.dividedBy(3));
        load.run(hub, time);
        load.run(List.of(direct), time.dividedBy(6));
        load.run(hub.subList(0, 1), time.dividedBy(6));
    }

    /** In seconds: how long one call takes. */
    double oneCall() throws Exception {
        long before = System.nanoTime();
        hub.getFirst().read(load.patients().getFirst());
        return (System.nanoTime() - before) / 1e9;
    }

    /** The order alternates, so that neither side always comes second. */
    List<Pair<Window>> run(int connections, int pairs) throws InterruptedException {
        var directly = Collections.nCopies(connections, direct);
        var through = hub.subList(0, connections);
        var measured = new ArrayList<Pair<Window>>();
        for (int i = 0; i < pairs; i++) {
            if (i % 2 == 0) {
                var first = load.run(directly, window);
                measured.add(new Pair<>(first, load.run(through, window)));
            } else {
                var first = load.run(through, window);
                measured.add(new Pair<>(load.run(directly, window), first));
            }
        }
        return measured;
    }
}
