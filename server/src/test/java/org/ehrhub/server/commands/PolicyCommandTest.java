package org.ehrhub.server.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ehrhub.server.commands.PolicyCommand.Explained;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), """
                allow:
                  - role: nurse
                    ehr: river
                    tools: [patient.get, note.draft]
                    fields: [demographics]
                    approval: four-eyes
                  - role: app
                    scopes: [patient/Observation.rs]
                    ehr: river
                    purposes: [TREAT]
                    times: [{hours: 08:00-18:00, zone: UTC}]
                approvers: [{role: doctor}]
                """);
        Files.writeString(
                folder.resolve("hub.yaml"),
                "policy: policy.yaml\nehrs: {river: {type: fhir-r4, base-url: \"https://ehr.example/fhir\", auth: {kind: none}}}\n");
    }

    @Test
    void saysByWhichLineWhatIsWithheldAndWhoApproves() {
        assertThat(explained("--as", "nurse", "patient_get", "river"))
                .isEqualTo(new Explained(
                        true,
                        List.of(
                                "ALLOWED: patient.get on river, by policy.yaml:2",
                                "fields withheld: contact, identifiers",
                                "approval: of another person than the caller (four-eyes)")));
        assertThat(explained("--as=clerk,porter", "patient.get", "river"))
                .isEqualTo(new Explained(
                        false, List.of("DENIED: patient.get on river, by policy.yaml: no rule allows it")));
        assertThat(explained("--as", "nurse", "note.draft", "river").lines().getLast())
                .startsWith("not offered");
    }

    @Test
    void takesTheLoginAsItWouldBe() {
        assertThat(app("--at", "2026-03-02T12:00:00Z").allowed()).isTrue();
        assertThat(app("--at", "2026-03-02T19:00:00Z").allowed()).isFalse();
        assertThat(explained("--as", "app", "lab.list", "river").allowed()).isFalse();
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> explained("--as", "nurse", "patient.get", "lake"))
                .isInstanceOf(UsageProblem.class)
                .hasMessageStartingWith("There is no EHR `lake` in ");
        assertThatThrownBy(() -> explained("--as", "nurse", "patient.gett", "river"))
                .hasMessageStartingWith("There is no tool");
        assertThatThrownBy(() -> explained("patient.get"))
                .hasMessageStartingWith("Use: ehr-hub policy explain --as ROLE");
        assertThatThrownBy(() -> explained("--purpose", "FUN", "patient.get", "river"))
                .hasMessageStartingWith("--purpose needs");
        assertThatThrownBy(() -> explained("--patient", "ann", "patient.get", "river"))
                .hasMessageStartingWith("--patient needs");
        assertThatThrownBy(() -> explained("--at", "noon", "patient.get", "river"))
                .hasMessageStartingWith("--at needs");
    }

    private Explained app(String... more) {
        return explained(Stream.concat(
                        Stream.of(
                                "--as",
                                "app",
                                "--scope",
                                "patient/*.read openid",
                                "--patient",
                                "river/Patient/a1",
                                "--purpose",
                                "TREAT",
                                "lab.list",
                                "river"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Explained explained(String... words) {
        var all = Stream.concat(
                        Stream.of(
                                "explain",
                                "--config",
                                folder.resolve("hub.yaml").toString()),
                        Stream.of(words))
                .toList();
        return PolicyCommand.explained(CommandLine.of("policy", all, PolicyCommand.OPTIONS));
    }
}
