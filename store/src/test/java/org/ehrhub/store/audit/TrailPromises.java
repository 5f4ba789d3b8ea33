package org.ehrhub.store.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the audit trail promises on every database. */
abstract class TrailPromises extends TrailFixture {
    @Test
    void keepsRecordsInOneChainAcrossRestarts() {
        keep(3);
        keep(2);
        assertThat(records(AuditQuery.ALL)).extracting(AuditRecord::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(findings()).isEmpty();
        assertThat(AuditProof.of(AuditSource.atRest(database, place)).chains())
                .containsExactly(new AuditProof.Chain(place.node(), 5, 5, 5));
    }

    @Test
    void keepsAllThatIsKnownAndPatientsOnlyAsAKeyedHash() {
        keep(1);
        var record = records(AuditQuery.ALL).getFirst();
        assertThat(record.hash()).isEqualTo(record.hashAfter(AuditRecord.GENESIS, new Canonical()));
        assertThat(record.toString()).doesNotContain(SampleEntries.PATIENT);
        assertThat(record.patients())
                .isEqualTo(place.keys().patient(SampleEntries.PATIENT))
                .hasSize(32);
        assertThat(record.records()).isEqualTo("stmarys/Observation/o1");
        assertThat(record.client()).isEqualTo("assistant");
        assertThat(record.purpose()).isEqualTo("TREAT");
        assertThat(record.rule()).isEqualTo("nurses");
        assertThat(record.onBehalfOf()).isNull();
        assertThat(record.durationMicros()).isEqualTo(12_000);
    }

    @Test
    void findsRecordsBySubjectToolEhrPatientRecordAndTime() {
        try (var trail = new ChainedTrail(database, place, CLOCK)) {
            trail.keep(SampleEntries.read("one"));
            trail.keep(
                    SampleEntries.entry("two", "patient.get", "stmarys/Patient/p2", SampleEntries.TIME.plusSeconds(9)));
        }
        var patient = place.keys().patient(SampleEntries.PATIENT);
        var time = SampleEntries.TIME;
        assertThat(calls(new AuditQuery(null, null, null, null, patient, null, null, null)))
                .containsExactly("one");
        assertThat(calls(new AuditQuery(null, null, "patient.get", null, null, null, null, null)))
                .containsExactly("two");
        assertThat(calls(new AuditQuery(null, null, null, null, null, "stmarys/Observation/o1", null, null)))
                .containsExactly("one");
        assertThat(calls(new AuditQuery(null, null, null, "stmary", null, null, null, null)))
                .isEmpty();
        assertThat(calls(new AuditQuery(
                        null, "https://login.example|ann", null, "stmarys", null, null, time.plusSeconds(1), null)))
                .containsExactly("two");
        assertThat(calls(new AuditQuery(null, null, null, null, null, null, time, time.plusSeconds(9))))
                .containsExactly("one");
    }

    private List<String> calls(AuditQuery query) {
        return records(query).stream().map(AuditRecord::callId).toList();
    }

    @Test
    void keepsTextsThatADatabaseWouldAlter() {
        try (var trail = new ChainedTrail(database, place, CLOCK)) {
            trail.keep(SampleEntries.entry("a\0b\ud800c 'é😀\n", "x", "", SampleEntries.TIME));
        }
        assertThat(findings()).isEmpty();
        assertThat(records(AuditQuery.ALL)).hasSize(1);
    }

    @Test
    void manyCallersShareTheirWrites() throws Exception {
        try (var trail = new ChainedTrail(database, place, CLOCK);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = IntStream.range(0, 500)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        trail.keep(SampleEntries.read("call-" + i));
                        return null;
                    })
                    .collect(Collectors.toList());
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
        assertThat(records(AuditQuery.ALL))
                .extracting(AuditRecord::callId)
                .doesNotHaveDuplicates()
                .hasSize(500);
        assertThat(findings()).isEmpty();
    }

    @Test
    void goesOnAfterTheThreadOfACallWasInterrupted() {
        try (var trail = new ChainedTrail(database, place, CLOCK)) {
            Thread.currentThread().interrupt();
            trail.keep(SampleEntries.read("one"));
            assertThat(Thread.interrupted()).isTrue();
            trail.keep(SampleEntries.read("two"));
        }
        assertThat(records(AuditQuery.ALL)).hasSize(2);
    }

    /** Who can write the database alone puts a sound record where the next one goes, so that it cannot be kept. */
    @Test
    void takesNoRecordAfterOneThatSomebodyElseAdded() {
        try (var trail = new ChainedTrail(database, place, CLOCK)) {
            trail.keep(SampleEntries.read("one"));
            trail.whileStill(() -> {});
            var one = records(AuditQuery.ALL).getFirst();
            var forged = AuditRecordCopies.numbered(one, 2).after(one.hash());
            database.durably(sql -> {
                AuditTable.insert(database.jdbc(), List.of(forged));
                return 1;
            });
            assertThatThrownBy(() -> {
                        trail.keep(SampleEntries.read("two"));
                        trail.whileStill(() -> {});
                    })
                    .isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> trail.keep(SampleEntries.read("three")))
                    .hasRootCauseMessage("The audit trail ends at record 2, which this hub did not keep as its last;"
                            + " no record is taken before that is looked into");
            run("delete from audit_record where seq = 2");
            trail.keep(SampleEntries.read("four"));
        }
        assertThat(records(AuditQuery.ALL))
                .extracting(AuditRecord::callId)
                .startsWith("one")
                .endsWith("four");
        assertThat(findings()).isEmpty();
    }

    @Test
    void aClosedTrailTakesNothing() {
        var trail = new ChainedTrail(database, place, CLOCK);
        trail.close();
        assertThatThrownBy(() -> trail.keep(SampleEntries.read("one"))).isInstanceOf(UncheckedIOException.class);
    }
}
