package org.ehrhub.store.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.ehrhub.store.StoreSettings;
import org.junit.jupiter.api.Test;

/** The trail in a file, whose newest records are in the journal for a while. */
class ChainedTrailTest extends TrailPromises {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    @Override
    StoreSettings settings() {
        return StoreSettings.in(directory);
    }

    /** Keeps records as a hub does that stops at once, and leaves them in its journal. */
    private void keepAndCrash(int calls) {
        var trail = new ChainedTrail(database, place, CLOCK, FOR_EVER);
        for (var i = 0; i < calls; i++) {
            trail.keep(SampleEntries.read("call-" + i));
        }
    }

    @Test
    void goesOnFromTheJournalOfAHubThatCrashed() {
        keepAndCrash(3);
        assertThat(records(AuditQuery.ALL)).isEmpty();
        keep(1);
        assertThat(records(AuditQuery.ALL))
                .extracting(AuditRecord::callId)
                .containsExactly("call-0", "call-1", "call-2", "call-0");
        assertThat(findings()).isEmpty();
    }

    @Test
    void provesTheTrailOfAHubThatCrashedWithItsJournal() {
        keepAndCrash(3);
        assertThat(findings()).isEmpty();
        assertThat(records(AuditQuery.ALL)).hasSize(3);
    }

    @Test
    void leavesOutTheLineThatACrashCutShortAndKeepsACopy() throws IOException {
        keepAndCrash(3);
        Files.writeString(place.journal(), "{\"node\":\"", StandardOpenOption.APPEND);
        keep(1);
        assertThat(records(AuditQuery.ALL)).hasSize(4);
        assertThat(findings()).isEmpty();
        try (var files = Files.list(directory)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("audit.journal.")))
                    .singleElement()
                    .satisfies(copy -> assertThat(copy).content().endsWith("{\"node\":\""));
        }
    }

    @Test
    void doesNotGoOnWithoutTheJournalOfAHubThatCrashed() throws IOException {
        keepAndCrash(3);
        Files.delete(place.journal());
        assertThatThrownBy(() -> keep(1)).hasMessageContaining("ends at record 0");
        assertThat(findings()).singleElement().asString().contains("kept records after this one");
    }

    @Test
    void doesNotGoOnFromAJournalThatWasChanged() throws IOException {
        keepAndCrash(3);
        var journal = Files.readString(place.journal());
        Files.writeString(place.journal(), journal.replace("\"callId\":\"call-1\"", "\"callId\":\"call-7\""));
        assertThatThrownBy(() -> keep(1)).hasMessageContaining("ends at record 1");
        assertThat(place.journal()).as("is left for whoever looks into it").isNotEmptyFile();
    }

    @Test
    void doesNotGoOnFromRecordsThatSomebodyPutWhereTheJournalsBelong() {
        keep(1);
        keepAndCrash(2);
        var one = records(AuditQuery.ALL).getFirst();
        var two = AuditRecordCopies.numbered(one, 2).after(one.hash());
        var three = AuditRecordCopies.numbered(one, 3).after(two.hash());
        database.durably(sql -> {
            AuditTable.insert(database.jdbc(), List.of(two, three));
            return 1;
        });
        assertThatThrownBy(() -> keep(1)).hasMessageContaining("ends at record 3");
        assertThat(findings()).singleElement().asString().contains("does not remember this record as its last");
        assertThat(place.journal()).isNotEmptyFile();
    }

    @Test
    void takesNoRecordWhileTheDatabaseCannotBeWrittenAndLosesNoneThatItTook() {
        try (var trail = new ChainedTrail(database, place, CLOCK, FOR_EVER)) {
            trail.keep(SampleEntries.read("one"));
            run("alter table audit_record rename to elsewhere");
            assertThatThrownBy(() -> trail.whileStill(() -> {})).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> trail.keep(SampleEntries.read("two"))).isInstanceOf(UncheckedIOException.class);
            run("alter table elsewhere rename to audit_record");
            trail.keep(SampleEntries.read("three"));
        }
        assertThat(records(AuditQuery.ALL)).extracting(AuditRecord::callId).containsExactly("one", "three");
        assertThat(findings()).isEmpty();
    }

    @Test
    void aLookAtAHubThatRunsFindsEveryRecordThatWasKept() {
        try (var trail = new ChainedTrail(database, place, CLOCK, FOR_EVER)) {
            trail.keep(SampleEntries.read("one"));
            assertThat(AuditProof.of(new AuditSource(database, place, trail::whileStill))
                            .findings())
                    .isEmpty();
            assertThat(records(AuditQuery.ALL)).hasSize(1);
        }
    }
}
