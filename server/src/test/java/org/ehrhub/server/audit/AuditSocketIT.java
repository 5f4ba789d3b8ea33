package org.ehrhub.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.policy.AuditTrail.Circumstances;
import org.ehrhub.policy.AuditTrail.Entry;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.mcp.LocalSocket;
import org.ehrhub.store.BreakGlassReasons;
import org.ehrhub.store.Database;
import org.ehrhub.store.HubStore;
import org.ehrhub.store.StoreSettings;
import org.ehrhub.store.audit.AuditPlace;
import org.ehrhub.store.audit.AuditSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditSocketIT {
    private static final String PATIENT = "stmarys/Patient/p1";

    @TempDir
    private Path directory;

    private HubStore store;
    private AuditSocket server;
    private Path socket;

    @BeforeEach
    void start() {
        socket = DataDirectory.auditSocket(directory);
        open();
    }

    private void open() {
        store = HubStore.open(
                StoreSettings.in(directory),
                directory,
                new HubStore.Keeping(Duration.ofDays(30), Duration.ofDays(2192)),
                Duration.ofSeconds(10),
                Clock.systemUTC());
        server = AuditSocket.open(socket, store.auditSource(), store.reasons());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        store.close();
    }

    @Test
    void provesTheTrailOfARunningHub() throws Exception {
        keep("one", "patient.get");
        var said = new ByteArrayOutputStream();
        assertThat(ask("verify", Map.of(), said)).contains(true);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("1 records").contains("as it was kept");
    }

    @Test
    void saysThatTheTrailWasAltered() throws Exception {
        keep("one", "patient.get");
        stop();
        try (var database = Database.open(StoreSettings.in(directory))) {
            database.durably(sql ->
                    sql.sql("update audit_record set tool = 'patient.search'").update());
        }
        open();
        var said = new ByteArrayOutputStream();
        assertThat(ask("verify", Map.of(), said)).contains(false);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("record 1: it was changed");
    }

    @Test
    void searchesAndExportsByPatientPrincipalToolEhrAndTime() throws Exception {
        keep("one", "patient.get");
        keep("two", "lab.list");
        assertThat(lines("search", Map.of("--tool", "lab.list")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("two"));
        assertThat(lines("search", Map.of("--patient", PATIENT))).hasSize(2);
        assertThat(lines("search", Map.of("--patient", "stmarys/Patient/p"))).isEmpty();
        assertThat(lines("export", Map.of("--subject", "ann", "--ehr", "stmarys", "--format", "syslog")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("AuditMessage").doesNotContain(PATIENT));
        assertThat(lines("export", Map.of("--to", "2020-01-01"))).isEmpty();
    }

    @Test
    void theReasonOfBreakGlassIsShownInASearchAndStaysSealedInExports() throws Exception {
        keepReason("break-glass: found\nat home");
        var encoded =
                Base64.getEncoder().encodeToString("break-glass: found\nat home".getBytes(StandardCharsets.UTF_8));
        assertThat(lines("search", Map.of()))
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith("call-1  break-glass: found at home"));
        for (var format : List.of("ndjson", "fhir", "syslog")) {
            assertThat(lines("export", Map.of("--format", format)))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("BREAK_GLASS").doesNotContain("at home", encoded));
        }
        assertThat(ask("verify", Map.of(), new ByteArrayOutputStream())).contains(true);
    }

    @Test
    void theReasonOfBreakGlassCannotBeReadWithoutItsKey() throws Exception {
        keepReason("break-glass: found at home");
        stop();
        Files.move(directory.resolve("payload.keys"), directory.resolve("elsewhere"));
        try (var database = Database.open(StoreSettings.in(directory))) {
            var kept = database.read(sql -> sql.sql("select decision from audit_record")
                    .query(String.class)
                    .list());
            assertThat(kept).singleElement().satisfies(one -> assertThat(one).doesNotContain("at home"));
            var out = new StringWriter();
            new AuditQuestion("search", Map.of())
                    .answer(
                            AuditSource.atRest(database, AuditPlace.in(directory)),
                            BreakGlassReasons.in(StoreSettings.in(directory), directory),
                            new PrintWriter(out));
            assertThat(out.toString()).contains("call-1  (sealed, and the key file cannot be used)");
        }
        Files.move(directory.resolve("elsewhere"), directory.resolve("payload.keys"));
        open();
    }

    @Test
    void aLongAnswerComesWhole() throws Exception {
        for (var number = 0; number < 300; number++) {
            keep("call-" + number, "patient.get");
        }
        assertThat(lines("export", Map.of("--format", "fhir")))
                .hasSize(300)
                .allSatisfy(line -> assertThat(line).endsWith("}"));
    }

    @Test
    void onlyTheOwnerCanOpenTheSocketAndItGoesWithTheHub() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        server.close();
        assertThat(ask("verify", Map.of(), new ByteArrayOutputStream())).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        assertThatThrownBy(() -> new AuditQuestion("export", Map.of("--format", "xml")))
                .hasMessageContaining("ndjson, fhir or syslog");
        assertThatThrownBy(() -> new AuditQuestion("search", Map.of("--from", "yesterday")))
                .hasMessageContaining("2026-03-01");
        assertThatThrownBy(() -> ask("search", Map.of("--tool", "a\nb"), new ByteArrayOutputStream()))
                .hasMessageContaining("line break");
        try (var hub = LocalSocket.connect(socket).orElseThrow()) {
            Channels.newOutputStream(hub).write("erase\n\n".getBytes(StandardCharsets.UTF_8));
            assertThat(new String(Channels.newInputStream(hub).readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("\0" + "2 `audit` needs one of");
        }
    }

    private List<String> lines(String verb, Map<String, String> options) throws IOException {
        var said = new ByteArrayOutputStream();
        assertThat(ask(verb, options, said)).contains(true);
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private Optional<Boolean> ask(String verb, Map<String, String> options, ByteArrayOutputStream said)
            throws IOException {
        return AuditClient.ask(socket, new AuditQuestion(verb, options), said);
    }

    private void keepReason(String reason) {
        store.audit()
                .keep(new Entry(
                        Instant.now(),
                        "call-1",
                        Stage.BREAK_GLASS,
                        "ann",
                        "condition.list",
                        List.of("stmarys"),
                        PATIENT,
                        "",
                        new Circumstances(null, null, "BTG", reason, "policy.yaml:7", null, null, null, null)));
    }

    private void keep(String call, String tool) {
        store.audit()
                .keep(new Entry(
                        Instant.now(),
                        call,
                        Stage.READ,
                        "ann",
                        tool,
                        List.of("stmarys"),
                        PATIENT,
                        "stmarys=ok",
                        Circumstances.UNKNOWN));
    }
}
