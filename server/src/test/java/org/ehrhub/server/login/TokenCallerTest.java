package org.ehrhub.server.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehrhub.server.config.LoginSettings.Dpop;
import org.ehrhub.server.config.LoginSettings.Issuer;
import org.ehrhub.server.config.LoginSettings.PatientClaim;
import org.ehrhub.server.config.LoginSettings.RoleClaim;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;

class TokenCallerTest {
    private static final Issuer ISSUER = new Issuer(
            URI.create("https://login.example"),
            null,
            Set.of(),
            Duration.ofSeconds(30),
            new RoleClaim("roles", null, Set.of()),
            Dpop.OPTIONAL,
            new PatientClaim("patient", "stmarys", true),
            "purpose_of_use",
            null);

    @ParameterizedTest
    @ValueSource(strings = {"Patient/p1", "https://ehr.example/fhir/Patient/p1"})
    void aUserWhoIsAPatientIsBoundToThatPatient(String user) throws Exception {
        assertThat(caller(Map.of("fhirUser", user)).patients())
                .containsExactly(new Reference("stmarys", "Patient", "p1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient/p1/_history/2", "https://ehr.example/fhir/Patient/p1/", "Patient/", "Patient"})
    void aUserWhoIsAPatientThatCannotBePlacedIsRefusedAndNotLeftUnbound(String user) {
        assertThatThrownBy(() -> caller(Map.of("fhirUser", user)))
                .isInstanceOf(LoginRefused.class)
                .hasMessageNotContaining("p1");
    }

    @Test
    void aUserWhoIsNoPatientIsBoundToNobody() throws Exception {
        assertThat(caller(Map.of("fhirUser", "Practitioner/p1")).patients()).isEmpty();
    }

    @Test
    void aClaimOfAPatientThatCannotBeReadIsRefused() {
        for (var claimed : List.of(7, "", "a b", List.of(), Map.of("id", "p1"))) {
            assertThatThrownBy(() -> caller(Map.of("patient", claimed)))
                    .as("%s", claimed)
                    .isInstanceOf(LoginRefused.class);
        }
    }

    @Test
    void aPurposeIsOneCodeAndNothingElse() throws Exception {
        assertThat(caller(Map.of()).purpose()).isNull();
        assertThat(caller(Map.of("purpose_of_use", "TREAT")).purpose()).isEqualTo("TREAT");
        assertThat(caller(Map.of("purpose_of_use", List.of("TREAT"))).purpose()).isEqualTo("TREAT");
        for (var stated : List.of("hmarkt", "", "TREAT HMARKT", 7, List.of(), List.of("TREAT", "HMARKT"))) {
            assertThatThrownBy(() -> caller(Map.of("purpose_of_use", stated)))
                    .as("a rule that denies HMARKT would not hold for %s", stated)
                    .isInstanceOf(LoginRefused.class);
        }
    }

    private static Caller caller(Map<String, Object> claims) throws LoginRefused {
        var token = Jwt.withTokenValue("t")
                .header("alg", "RS256")
                .subject("ann")
                .claims(all -> all.putAll(claims))
                .build();
        return new TokenCaller(ISSUER).of(token);
    }
}
