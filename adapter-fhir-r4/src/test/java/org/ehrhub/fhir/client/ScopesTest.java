package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ehrhub.fhir.Auth.ScopeVersion;
import org.ehrhub.fhir.client.Needs.Need;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopesTest {
    private static final List<Need> NEEDS = Needs.read("Patient")
            .and(Needs.search("Observation"))
            .and(Needs.create("Task"))
            .and(Needs.update("Task"))
            .and(Needs.transaction())
            .and(Needs.operation("Appointment", "find"))
            .all();

    @Test
    void asksForNoMoreThanTheToolsNeed() {
        assertThat(asked(null, ScopeVersion.V2))
                .isEqualTo("system/Appointment.rs system/Observation.rs system/Patient.r system/Task.crus");
        assertThat(asked(null, ScopeVersion.V1))
                .isEqualTo("system/Appointment.read system/Observation.read system/Patient.read system/Task.read"
                        + " system/Task.write");
        assertThat(asked("openid fhirUser", null)).isEqualTo("openid fhirUser");
        assertThat(asked(null, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "system/Patient.rs, read, true",
        "system/Patient.s, read, false",
        "system/Patient.s, search-type, true",
        "system/Patient.r, search-type, false",
        "system/Patient.read, search-type, true",
        "system/Patient.write, read, false",
        "system/Patient.write, create, true",
        "system/Patient.*, delete, true",
        "system/Patient.cruds, patch, true",
        "system/Patient.crs, update, false",
        "system/*.rs, read, true",
        "system/*.rs, create, false",
        "user/Patient.r, read, true",
        "patient/Patient.r, read, true",
        "system/Observation.rs, read, false",
        "system/Patient.rs?_id=1, read, true",
        "system/Observation.rs, $everything, true",
        "openid profile, read, true",
        "system/Patient.sr, read, true",
        "'', read, true"
    })
    void readsWhatWasGranted(String words, String need, boolean met) {
        assertThat(GrantedScopes.of(words).unmet(new Need("Patient", need)).isEmpty())
                .isEqualTo(met);
    }

    @Test
    void saysWhatWasNotGranted() {
        assertThat(GrantedScopes.of("system/Patient.rs").unmet(new Need("Task", "create")))
                .hasValue("The EHR's login server did not let the hub create Task.");
        assertThat(GrantedScopes.of("system/Patient.rs").unmet(new Need("", "transaction")))
                .isEmpty();
    }

    private static String asked(String words, ScopeVersion version) {
        var scopes = AskedScopes.ofSystem(words, version);
        scopes.cover(NEEDS);
        return scopes.words();
    }
}
