package org.ehrhub.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.ehrhub.adapters.journal.JournalMessage;
import org.ehrhub.adapters.journal.JournalMessage.Identity;
import org.ehrhub.adapters.journal.JournalMessage.Term;
import org.ehrhub.adapters.journal.JournalQuery;
import org.ehrhub.adapters.journal.Kept.Fate;
import org.ehrhub.adapters.journal.Settlement;
import org.ehrhub.store.HubStore;
import org.ehrhub.store.StoreSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody finds who takes the files of a hub's store away, and what becomes of messages when the payload key changes. */
class JournalAtRestTest {
    private static final Term TERM = new Term("PID-3", "mrn-quagga-4711");
    private static final JournalMessage MESSAGE = new JournalMessage(
            "adt",
            "PID|||Markerson^Zebedee".getBytes(StandardCharsets.UTF_8),
            new Identity("sender-okapi", "control-zorilla"),
            Set.of("key-numbat"),
            List.of(TERM));
    private static final JournalQuery BY_TERM =
            new JournalQuery(null, Set.of(), Set.of(), null, null, List.of(TERM), 10);

    @TempDir
    private Path directory;

    @Test
    void noFileHoldsWhatAMessageSaysOrIsCalledOrIsFoundBy() throws Exception {
        try (var store = open()) {
            store.journal().keep(MESSAGE);
            var claim = store.journal().claim("adt", 1, Duration.ofMinutes(1)).getFirst();
            store.journal().settle(claim, new Settlement.Done(List.of(MESSAGE)));
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (var word : List.of("Markerson", "okapi", "zorilla", "numbat", "quagga")) {
                    for (var charset :
                            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
                        assertThat(bytes.contains(as(charset, word)))
                                .as("%s in %s", word, file)
                                .isFalse();
                    }
                }
            }
        }
        try (var store = open()) {
            assertThat(store.journalDesk().search(BY_TERM)).hasSize(1);
        }
    }

    private static String as(Charset charset, String text) {
        return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    @Test
    void messagesAreKnownFoundAndReadAfterThePayloadKeyWasChanged() throws Exception {
        try (var store = open()) {
            store.journal().keep(MESSAGE);
        }
        var file = directory.resolve("payload.keys");
        var older = Files.readString(file);
        var newer = Base64.getEncoder().encodeToString(new byte[32]) + "\n";
        Files.writeString(file, newer);
        assertThatThrownBy(this::open).hasMessageContaining("add the line of that key");
        Files.writeString(file, newer + older);
        try (var store = open()) {
            assertThat(store.journal().keep(MESSAGE).fate()).isEqualTo(Fate.DUPLICATE);
            assertThat(store.journalDesk().search(BY_TERM))
                    .singleElement()
                    .satisfies(entry ->
                            assertThat(store.journalDesk().content(entry.id())).hasValue(MESSAGE.content()));
            var claim = store.journal().claim("adt", 1, Duration.ofMinutes(1)).getFirst();
            store.journal().settle(claim, new Settlement.Done(List.of()));
        }
        Files.writeString(file, newer);
        assertThatThrownBy(this::open).hasMessageContaining("add the line of that key");
    }

    private HubStore open() {
        return HubStore.open(
                StoreSettings.in(directory),
                directory,
                new HubStore.Keeping(Duration.ofDays(30), Duration.ofDays(2192)),
                Duration.ofSeconds(10),
                Clock.systemUTC());
    }
}
