package org.ehrhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.Approvals.Question;
import org.ehrhub.policy.Approvals.Verdict;
import org.ehrhub.policy.Digests;
import org.ehrhub.store.audit.SampleEntries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody finds who takes the files of a hub's store away. */
class EncryptionAtRestTest {
    private static final String MARKER = "Zebedee Markerson, born 1971-02-03";
    private static final String KEY = "b3BlbiBhbmQgc2hvdXQgaWYgeW91IGZpbmQgdGhpcyE=";

    @TempDir
    private Path directory;

    @Test
    void noFileHoldsWhatAPersonWasShown() throws Exception {
        var id = ask(null);
        spoilAStatement();
        assertThat(directory.toFile().list()).isNotEmpty().noneMatch(name -> name.endsWith(".trace.db"));
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (var charset :
                        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
                    assertThat(bytes.contains(as(charset, MARKER)))
                            .as("%s", file)
                            .isFalse();
                    assertThat(bytes.contains(as(charset, "Markerson")))
                            .as("%s", file)
                            .isFalse();
                }
            }
        }
        try (var store = open(null)) {
            assertThat(store.approvals().find(id))
                    .hasValueSatisfying(
                            held -> assertThat(held.question().preview()).isEqualTo(MARKER));
        }
    }

    /** A statement that fails, with a chart's text in it, as a defect might make one. */
    private void spoilAStatement() {
        try (var database = Database.open(StoreSettings.in(directory))) {
            assertThatThrownBy(() ->
                            database.read(sql -> sql.sql("select nothing from nowhere where name = '" + MARKER + "'")
                                    .query(String.class)
                                    .list()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageNotContaining("Markerson");
        }
    }

    private static String as(Charset charset, String text) {
        return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theKeyIsMadeAtTheFirstStartForItsOwnerAlone() throws Exception {
        open(null).close();
        var file = directory.resolve("payload.keys");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var made = Files.readString(file);
        open(null).close();
        assertThat(Files.readString(file)).isEqualTo(made);
    }

    @Test
    void aHubDoesNotStartWithoutTheKeyOfWhatItHolds() throws Exception {
        var id = ask(null);
        var file = directory.resolve("payload.keys");
        var kept = Files.readString(file);
        Files.delete(file);
        assertThatThrownBy(() -> open(null))
                .hasMessageContaining("payload.keys")
                .hasMessageContaining("not there");
        assertThat(file).as("no new key takes the place of the lost one").doesNotExist();
        OwnerFile.write(file, KEY.getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> open(null)).hasMessageContaining("add the line of that key");
        Files.writeString(file, KEY + "\n" + kept);
        try (var store = open(null)) {
            store.approvals().decide(id, new Verdict(false, "the approver", "not this chart"));
        }
        Files.writeString(file, kept);
        assertThatThrownBy(() -> open(null)).hasMessageContaining("add the line of that key");
    }

    @Test
    void aKeyFileThatWasNamedIsNeverMade() {
        var named = directory.resolve("keys");
        assertThatThrownBy(() -> open(named)).hasMessageContaining("keys cannot be used: it is not there");
        assertThat(named).doesNotExist();
    }

    @Test
    void refusesAFileThatOthersMayReadOrThatHoldsNoKeys() throws Exception {
        var file = directory.resolve("keys");
        OwnerFile.write(file, KEY.getBytes(StandardCharsets.US_ASCII));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> open(file)).hasMessageContaining("chmod 600");
        for (var text :
                List.of("", "# nothing\n", "b3BlbiBhbmQ=", "no Base64 at all!", KEY + "\n" + KEY.substring(4))) {
            OwnerFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> open(file))
                    .hasMessageContaining("openssl rand -base64 32")
                    .hasMessageNotContaining("Base64 at all");
        }
    }

    @Test
    void approvalsAreForgottenAfterTheirTime() {
        var id = ask(null);
        try (var database = Database.open(StoreSettings.in(directory))) {
            var later = new StoredApprovals(
                    database, new Payloads(SampleKeys.of(1)), Clock.offset(Clock.systemUTC(), Duration.ofDays(31)));
            assertThat(later.forget(Duration.ofDays(32))).isZero();
            assertThat(later.forget(Duration.ofDays(30))).isEqualTo(1);
            assertThat(later.find(id)).isEmpty();
        }
    }

    private String ask(Path keys) {
        try (var store = open(keys)) {
            store.audit().keep(SampleEntries.read("one"));
            var question = new Question(
                    Digests.sha256(MARKER),
                    "ann",
                    null,
                    "referral.submit",
                    "stmarys",
                    ApprovalNeed.PERSON,
                    MARKER,
                    Instant.now().plusSeconds(60));
            return store.approvals().ask(question).orElseThrow().id();
        }
    }

    private HubStore open(Path keys) {
        var keeping = new HubStore.Keeping(Duration.ofDays(30), Duration.ofDays(2192));
        return HubStore.open(
                StoreSettings.in(directory).withKeys(keys),
                directory,
                keeping,
                Duration.ofSeconds(10),
                Clock.systemUTC());
    }
}
