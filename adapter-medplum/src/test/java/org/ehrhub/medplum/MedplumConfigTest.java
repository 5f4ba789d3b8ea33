package org.ehrhub.medplum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.Auth;
import org.ehrhub.medplum.MedplumLogin.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MedplumConfigTest {
    private static final Secret SECRET = Secret.from(() -> "s3cret");
    private static final MedplumLogin LOGIN = MedplumLogin.client("hub", SECRET);

    @ParameterizedTest
    @CsvSource({
        "https://api.medplum.com,https://api.medplum.com",
        "https://ehr.example/medplum/,https://ehr.example/medplum",
        "http://localhost:8103/,http://localhost:8103"
    })
    void findsFhirAndTheTokensUnderItsAddress(URI given, String base) {
        var fhir = new MedplumConfig(given, LOGIN).fhir();

        assertThat(fhir.base()).hasToString(base + "/fhir/R4");
        assertThat(fhir.auth()).isNotNull().satisfies(auth -> {
            assertThat(auth.kind()).isEqualTo(Auth.Kind.CLIENT_CREDENTIALS);
            assertThat(auth.tokenUrl()).hasToString(base + "/oauth2/token");
            assertThat(auth.secretIn()).isEqualTo(Auth.SecretIn.BODY);
            assertThat(auth.scope()).isEqualTo("openid");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ehr.example",
                "https://ehr.example/fhir/R4",
                "https://ehr.example/?a=b",
                "ftp://ehr.example"
            })
    void takesNoOtherAddress(URI base) {
        assertThatThrownBy(() -> new MedplumConfig(base, LOGIN)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "https://u@x.example", "https://x.example/fhir/R4", "urn:a:b"})
    void takesNoOtherPublicAddress(URI address) {
        assertThatThrownBy(() -> TestSettings.of(URI.create("https://ehr.example"), LOGIN)
                        .publicUrl(address)
                        .config())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesExactlyWhatEachLoginNeeds() {
        assertThat(MedplumLogin.basic("hub", SECRET)
                        .at(URI.create("https://x.example"))
                        .username())
                .isEqualTo("hub");
        assertThat(MedplumLogin.bearer(SECRET)
                        .at(URI.create("https://x.example"))
                        .kind())
                .isEqualTo(Auth.Kind.BEARER);
        assertThat(MedplumLogin.signed("hub", SECRET)
                        .at(URI.create("https://x.example"))
                        .kind())
                .isEqualTo(Auth.Kind.PRIVATE_KEY_JWT);
        assertRefused(null, "hub", null, null, null);
        assertRefused(null, null, SECRET, null, null);
        assertRefused(null, "hub", SECRET, SECRET, null);
        assertRefused(Kind.BASIC, "hub", null, null, null);
        assertRefused(Kind.BASIC, "a:b", SECRET, null, null);
        assertRefused(Kind.PRIVATE_KEY_JWT, "hub", SECRET, null, null);
        assertRefused(Kind.BEARER, null, null, null, null);
        assertRefused(Kind.BEARER, "hub", null, null, SECRET);
    }

    private static void assertRefused(
            @Nullable Kind kind,
            @Nullable String id,
            @Nullable Secret secret,
            @Nullable Secret key,
            @Nullable Secret token) {
        assertThatThrownBy(() -> new MedplumLogin(kind, id, secret, null, key, token, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("auth.");
    }
}
