package org.ehrhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class FileAuditTrailTest {
    @TempDir
    private Path directory;

    @Test
    void addsALineForEachRecordAndKeepsTheOldOnes() throws Exception {
        var file = directory.resolve("audit.jsonl");
        for (var call : List.of("one", "two")) {
            try (var trail = new FileAuditTrail(file)) {
                trail.keep(record(call));
            }
        }
        var lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        var second = JsonMapper.builder().build().readTree(lines.get(1));
        assertThat(second.path("callId").asString()).isEqualTo("two");
        assertThat(second.path("ehrs").path(0).asString()).isEqualTo("stmarys");
        assertThat(second.path("at").asString()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void goesOnAfterTheThreadOfACallWasInterrupted() throws Exception {
        var file = directory.resolve("audit.jsonl");
        try (var trail = new FileAuditTrail(file)) {
            Thread.currentThread().interrupt();
            trail.keep(record("one"));
            assertThat(Thread.interrupted()).isTrue();
            trail.keep(record("two"));
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void isReadableByItsOwnerAlone() throws Exception {
        var file = directory.resolve("audit.jsonl");
        new FileAuditTrail(file).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static AuditTrail.Entry record(String call) {
        return new AuditTrail.Entry(
                Instant.parse("2026-01-01T00:00:00Z"),
                call,
                Stage.AFTER_WRITE,
                "local",
                "appointment.create",
                List.of("stmarys"),
                "stmarys/Appointment/1",
                "ok");
    }
}
