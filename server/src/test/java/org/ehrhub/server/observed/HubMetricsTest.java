package org.ehrhub.server.observed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Circumstances;
import org.ehrhub.policy.AuditTrail.Entry;
import org.ehrhub.policy.AuditTrail.Stage;
import org.junit.jupiter.api.Test;

class HubMetricsTest {
    private final List<Entry> kept = new ArrayList<>();
    private final HubMetrics metrics = new HubMetrics();

    @Test
    void countsTheChartsThatWereOpenedByBreakGlassAndNamesNobody() {
        try (var trail = metrics.timed(trail())) {
            trail.keep(entry(Stage.READ));
            trail.keep(entry(Stage.BREAK_GLASS));
        }

        assertThat(kept).hasSize(2);
        assertThat(metrics.text()).contains("ehrhub_break_glass_total 1.0").doesNotContain("ann", "p1");
    }

    private AuditTrail trail() {
        return new AuditTrail() {
            @Override
            public void keep(Entry entry) {
                kept.add(entry);
            }

            @Override
            public void close() {}
        };
    }

    private static Entry entry(Stage stage) {
        return new Entry(
                Instant.EPOCH,
                "call-1",
                stage,
                "ann",
                "patient.get",
                List.of("a"),
                "a/Patient/p1",
                "",
                Circumstances.UNKNOWN);
    }
}
