package org.ehrhub.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.PolicyInForce;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedPolicyTest {
    private static final String READS = "allow:\n  - {ehr: river, reads: true}\n";
    private static final String BROKEN = "allow:\n  - {ehr: rivver, reads: true}\n";

    private Instant now = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    Path folder;

    private PolicyInForce watched = () -> {
        throw new IllegalStateException("not started");
    };

    @BeforeEach
    void start() throws IOException {
        write(READS, 60);
        Files.writeString(
                folder.resolve("ehr-hub.yaml"),
                "policy: policy.yaml\nehrs: {river: {type: paper, base-url: \"https://ehr.example\"}}\n");
        var read =
                Configuration.load(folder.resolve("ehr-hub.yaml"), List.of(new PaperAdapter.Factory()), name -> null);
        watched = WatchedPolicy.of(read, () -> now);
    }

    @Test
    void aChangeHoldsFromTheNextCallOnceItsFileIsASecondOld() throws IOException {
        assertThat(allowed()).isTrue();

        write("allow: []\n", 0);
        pass(1);
        assertThat(allowed()).isFalse();
        assertThat(watched.problem()).isEmpty();
    }

    @Test
    void aFileThatMayStillBeWrittenWaits() throws IOException {
        assertThat(allowed()).isTrue();
        pass(2);

        write("", 0);
        assertThat(allowed()).isTrue();
        pass(1);
        assertThat(allowed()).isFalse();
    }

    @Test
    void aBrokenFileKeepsThePolicyAndSaysSoUntilItIsMended() throws IOException {
        write(BROKEN, 0);
        pass(5);
        assertThat(allowed()).isTrue();
        assertThat(watched.problem())
                .hasValueSatisfying(words -> assertThat(words).contains("has problems"));

        pass(5);
        assertThat(watched.problem()).isPresent();

        write(READS, 0);
        pass(5);
        assertThat(watched.problem()).isEmpty();
        assertThat(allowed()).isTrue();
    }

    @Test
    void aFileThatIsGoneKeepsThePolicyToo() throws IOException {
        Files.delete(folder.resolve("policy.yaml"));
        pass(5);

        assertThat(allowed()).isTrue();
        assertThat(watched.problem()).isPresent();
    }

    private boolean allowed() {
        return watched.now()
                .decide(new Caller("ann", Set.of("nurse")), PatientTools.GET, "river", now)
                .allowed();
    }

    private void write(String yaml, int secondsAgo) throws IOException {
        var file = Files.writeString(folder.resolve("policy.yaml"), yaml);
        Files.setLastModifiedTime(file, FileTime.from(now.minusSeconds(secondsAgo)));
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }
}
