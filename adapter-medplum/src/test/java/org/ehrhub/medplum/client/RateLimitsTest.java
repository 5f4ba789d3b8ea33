package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.Demand;
import org.ehrhub.fhir.client.Interaction;
import org.ehrhub.fhir.client.ServerHabits.Pass;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pitfall 7: 500 writes a minute, no Retry-After, and a RateLimit header of two parts. */
class RateLimitsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");
    private static final Demand READ = demand(Interaction.READ, "");
    private static final Demand WRITE = demand(Interaction.UPDATE, "");
    private static final Instant SOON = NOW.plusSeconds(5);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final RateLimits limits = new RateLimits(now::get);

    @Test
    void letsThroughWhatTheServerHasNotSpokenOf() {
        for (int writes = 0; writes < 1000; writes++) {
            limits.admit(WRITE, SOON).over();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "\"requests\";r=900;t=40, \"fhirInteractions\";r=130;t=40#",
                "\"requests\";r=900;t=40#\"fhirInteractions\";r=130;t=40",
                "\"fhirInteractions\";t=40;r=130#\"requests\" ; r=900 ; t=40"
            })
    void setsAsideWhatWritesWillCostHoweverTheHeaderComes(String first, String second) {
        told(READ, second == null ? List.of(first) : List.of(first, second));

        var pass = limits.admit(WRITE, SOON);

        assertRefused(WRITE, 40);
        limits.admit(READ, SOON).over();
        pass.over();
        assertRefused(WRITE, 40); // its answer was lost, so it may have been counted
    }

    @Test
    void believesWhatTheServerSaysOfWhatWasCounted() {
        told(READ, header(250));
        var pass = limits.admit(WRITE, SOON);
        pass.answered(412, name -> header(249));
        pass.over();

        limits.admit(WRITE, SOON).over();
    }

    @Test
    void keepsOnlyToTheLowerOfTwoAnswersThatOvertookEachOther() {
        var early = limits.admit(WRITE, SOON);
        var late = limits.admit(WRITE, SOON);
        late.answered(200, name -> header(60));
        late.over();
        early.answered(200, name -> header(160));
        early.over();

        assertRefused(WRITE, 30);
    }

    @Test
    void heedsTheLimitOfRequestsToo() {
        told(READ, List.of("\"requests\";r=0;t=7, \"fhirInteractions\";r=40000;t=55"));

        assertRefused(READ, 7);
    }

    @Test
    void waitsUntilTheLimitBeginsAnewWhereTheCallLastsThatLong() {
        var began = System.nanoTime();
        var ticking = new RateLimits(() -> NOW.plusNanos(System.nanoTime() - began));
        var pass = ticking.admit(READ, NOW.plusSeconds(20));
        pass.answered(200, name -> List.of("\"fhirInteractions\";r=0;t=1"));
        pass.over();

        ticking.admit(WRITE, NOW.plusSeconds(20)).over();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));
    }

    @Test
    void letsNoMoreThroughTogetherThanIsLeft() throws Exception {
        told(READ, header(1000));
        var let = new AtomicInteger();
        var refused = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Integer>>();
            for (int each = 0; each < 64; each++) {
                tasks.add(() -> attempt(let, refused));
            }
            threads.invokeAll(tasks);
        }

        assertThat(let.get()).isEqualTo(9); // 9 × 100, and 25 to read the last one back
        assertThat(refused.get()).isEqualTo(55);
    }

    @Test
    void triesWhatCostsMoreThanThereEverWasOnceNothingIsUsed() {
        told(READ, header(250));
        var book = demand(Interaction.ACTION, "https://x/fhir/R4/Appointment/$book");
        assertRefused(book, 30);

        now.set(NOW.plusSeconds(31));
        limits.admit(book, NOW.plusSeconds(32));
    }

    @ParameterizedTest
    @CsvSource({
        "read,'',1",
        "search,'',20",
        "posted_search,'',20",
        "page,'',20",
        "create,'',120",
        "update,'',100",
        "patch,'',100",
        "delete,'',100",
        "statement,'',0",
        "action,https://x/fhir/R4/Appointment/$book,330",
        "action,https://x/fhir/R4/Appointment/$hold,330",
        "own_action,https://x/fhir/R4/Agent/1/$push,2",
        "own_action,https://x/fhir/R4/Bot/1/$execute,1",
        "own_action,https://x/fhir/R4/Bot/$execute?identifier=a|b,1",
        "own_action,https://x/admin/projects/1/bot,100",
        "own_read,https://x/fhir/R4/job/1/status,1",
        "operation,https://x/fhir/R4/Patient/1/$summary,20",
        "listing,https://x/fhir/R4/Schedule/1/$find?service=a|b,25"
    })
    void knowsWhatRequestsCost(String kind, String address, long cost) {
        assertThat(Costs.of(demand(Interaction.valueOf(kind.toUpperCase(Locale.ROOT)), address)))
                .isEqualTo(cost);
    }

    @Test
    void countsATransactionEntryByEntry() {
        var bundle = new Bundle();
        bundle.addEntry()
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Patient")
                .setIfNoneExist("identifier=a|b");
        bundle.addEntry().getRequest().setMethod(HTTPVerb.PUT).setUrl("Patient/1");

        assertThat(Costs.of(new Demand(Interaction.TRANSACTION, "", bundle))).isEqualTo(220);
    }

    private int attempt(AtomicInteger let, AtomicInteger refused) {
        try {
            limits.admit(WRITE, SOON);
            return let.incrementAndGet();
        } catch (EhrFailure e) {
            return refused.incrementAndGet();
        }
    }

    private void told(Demand demand, List<String> header) {
        Pass pass = limits.admit(demand, SOON);
        pass.answered(200, name -> header);
        pass.over();
    }

    private static List<String> header(int left) {
        return List.of("\"requests\";r=5000;t=30, \"fhirInteractions\";r=" + left + ";t=30");
    }

    private void assertRefused(Demand demand, int seconds) {
        assertThatThrownBy(() -> limits.admit(demand, SOON)).isInstanceOfSatisfying(EhrFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(failure.result().hint()).isEqualTo("Try again after " + seconds + " seconds.");
        });
    }

    private static Demand demand(Interaction kind, String address) {
        return new Demand(kind, address, null);
    }
}
