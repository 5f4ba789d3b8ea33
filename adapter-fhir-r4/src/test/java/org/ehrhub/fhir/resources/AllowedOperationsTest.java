package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ehrhub.fhir.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOperationsTest {
    @Test
    void takesAnOperationThatIsNotSaidToReadForAWrite() {
        var allowed = AllowedOperations.of(List.of(
                new Operation("Patient/$everything", true),
                new Operation("Patient/$renew", null),
                new Operation("Patient/$check", false)));

        assertThat(allowed.read("Patient", "everything")).isPresent();
        assertThat(allowed.read("Patient", "renew")).isEmpty();
        assertThat(allowed.write("Patient", "renew")).isPresent();
        assertThat(allowed.write("Patient", "check")).isPresent();
        assertThat(allowed.write("Patient", "everything")).isEmpty();
        assertThat(allowed.read("Observation", "everything")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/$expunge",
                "Patient/$delete-expunge",
                "Patient/$reindex",
                "Patient/$export",
                "Patient/$import",
                "Patient/$graphql",
                "Patient/$execute",
                "Patient/$push",
                "Patient/$set-accounts",
                "MessageHeader/$process-message",
                "Binary/$presigned-url",
                "Subscription/$status",
                "Bot/$execute",
                "Bot/$deploy",
                "Agent/$push",
                "Agent/$fetch-logs",
                "Project/$clone",
                "ClientApplication/$rotate-secret",
                "User/$rescope"
            })
    void letsNoSettingAllowWhatRunsProgramsOrLooksAfterTheServer(String path) {
        assertThatThrownBy(() -> AllowedOperations.of(List.of(new Operation(path, null))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("operations must not hold");
        assertThatThrownBy(() -> AllowedOperations.of(List.of(new Operation(path, true))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Appointment/$book",
                "Appointment/$hold",
                "Claim/$submit",
                "Patient/$merge",
                "PlanDefinition/$apply",
                "QuestionnaireResponse/$extract",
                "Patient/$meta-add"
            })
    void believesNoSettingThatCallsAWriteARead(String path) {
        assertThatThrownBy(() -> AllowedOperations.of(List.of(new Operation(path, true))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leave `reads` out");
        assertThat(AllowedOperations.of(List.of(new Operation(path, null))).hasAny(false))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$everything",
                "Patient",
                "Patient/everything",
                "Patient/1/$everything",
                "Patient/$",
                "Patient/$every thing",
                "https://evil.example/Patient/$everything",
                "../Patient/$everything",
                "Patient/$everything?_count=1",
                "Patient/$a/$b"
            })
    void takesNoPathButTypeAndOperation(String path) {
        assertThatThrownBy(() -> new Operation(path, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path");
    }

    @Test
    void takesNoOperationTwice() {
        var twice = List.of(new Operation("Patient/$check", true), new Operation("Patient/$check", null));

        assertThatThrownBy(() -> AllowedOperations.of(twice)).hasMessageContaining("once");
    }
}
