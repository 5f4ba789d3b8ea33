package org.ehrhub.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.journal.Claim;
import org.ehrhub.adapters.journal.JournalMessage;
import org.ehrhub.adapters.journal.JournalMessage.Identity;
import org.ehrhub.adapters.journal.JournalMessage.Term;
import org.ehrhub.adapters.journal.Settlement;
import org.ehrhub.store.Database;
import org.ehrhub.store.Payloads;
import org.ehrhub.store.SampleKeys;
import org.ehrhub.store.StoreSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A journal in a new database. */
abstract class JournalFixture {
    static final Duration LEASE = Duration.ofMinutes(1);
    static final Settlement DONE = new Settlement.Done(List.of());

    @TempDir
    Path directory;

    Database database;
    StoredJournal journal;

    abstract StoreSettings settings();

    @BeforeEach
    void openJournal() {
        database = Database.open(settings());
        journal = open();
    }

    @AfterEach
    void closeJournal() {
        journal.close();
        database.close();
    }

    /** Another hub's journal in the same database. */
    StoredJournal open() {
        return new StoredJournal(database, new Payloads(SampleKeys.of(1)), Clock.systemUTC());
    }

    static JournalMessage message(String channel, String text, String... keys) {
        return new JournalMessage(channel, bytes(text), null, Set.of(keys), List.of());
    }

    static JournalMessage named(String channel, String text, String controlId) {
        return new JournalMessage(
                channel,
                bytes(text),
                new Identity("LAB|NORTH", controlId),
                Set.of(),
                List.of(new Term("MSH-10", controlId)));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Claim claim) {
        return new String(claim.content(), StandardCharsets.UTF_8);
    }

    /** Takes what there is now. */
    List<String> texts(String channel) {
        return journal.claim(channel, 100, LEASE).stream()
                .map(JournalFixture::text)
                .toList();
    }

    /** Takes the next message, if there is one. */
    Optional<Claim> next(String channel) {
        return journal.claim(channel, 1, LEASE).stream().findFirst();
    }

    /** Takes the next message, which says this. */
    Claim next(String channel, String text) {
        var claim = next(channel).orElseThrow();
        assertThat(text(claim)).isEqualTo(text);
        return claim;
    }
}
