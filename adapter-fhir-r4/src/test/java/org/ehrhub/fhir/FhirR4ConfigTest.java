package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;
import org.ehrhub.adapters.ByteSize;
import org.ehrhub.adapters.EhrAdapterFactory;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.Auth.Kind;
import org.ehrhub.fhir.FhirR4Config.Scheduling;
import org.ehrhub.fhir.FhirR4Config.Scheduling.Booking;
import org.ehrhub.fhir.FhirR4Config.Scheduling.Slots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirR4ConfigTest {
    private static final Secret SECRET = Secret.from(() -> "s3cret");
    private static final URI HTTPS = URI.create("https://ehr.example/fhir");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://ehr.example/fhir",
                "file:///fhir",
                "/fhir",
                "http:///fhir",
                "https://hub:s3cret@ehr.example/fhir",
                "https://ehr.example/fhir?key=s3cret",
                "https://ehr.example/fhir#s3cret"
            })
    void refusesABaseUrlThatIsNotPlainHttp(String url) {
        assertThatThrownBy(() -> new FhirR4Config(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base-url")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ehr.example/fhir",
                "HTTP://10.0.0.7/fhir",
                "http://127.0.0.1.example/fhir",
                "http://[::2]/"
            })
    void sendsCredentialsOverPlainHttpToNobodyElse(String url) {
        assertThatThrownBy(() -> config(URI.create(url), Auth.bearer(SECRET)))
                .hasMessage("base-url must be https: the credentials would go over the network for all to read");
        assertThatThrownBy(() -> Auth.client(URI.create(url), "hub", SECRET, null))
                .hasMessage("auth.token-url must be https: the credentials would go over the network for all to read");
        assertThat(config(URI.create(url), null).baseUrl()).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/fhir", "http://localhost/fhir", "http://[::1]:80/fhir"})
    void sendsCredentialsOverPlainHttpOnThisMachine(String url) {
        assertThat(config(URI.create(url), Auth.bearer(SECRET)).baseUrl()).hasToString(url);
    }

    @Test
    void refusesALoginThatLacksOrAddsSomething() {
        assertThatThrownBy(() -> Auth.basic("hub", null)).hasMessage("auth.password is needed for basic");
        assertThatThrownBy(() -> Auth.client(null, "hub", null, null))
                .hasMessage("auth.client-secret is needed for client-credentials");
        assertThatThrownBy(() -> Auth.signed(null, "hub", null, null))
                .hasMessage("auth.private-key is needed for private-key-jwt");
        assertThatThrownBy(() ->
                        new Auth(Kind.BEARER, "hub", null, SECRET, null, null, null, null, null, null, null, null))
                .hasMessage("auth.username does not belong to bearer");
        assertThatThrownBy(() -> new Auth(
                        Kind.NONE, null, null, null, null, null, null, null, null, null, "system/*.read", null))
                .hasMessage("auth.scope does not belong to none");
        assertThatThrownBy(() -> Auth.user(null, null)).hasMessage("auth.client-id is needed for authorization-code");
        assertThatThrownBy(() -> new Auth(
                        Kind.PRIVATE_KEY_JWT,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "hub",
                        null,
                        null,
                        SECRET,
                        "a",
                        Auth.ScopeVersion.V1))
                .hasMessageContaining("auth.scope-version does not belong to a scope");
    }

    @Test
    void takesTheBookingThatFitsTheSlots() {
        assertThat(config(null).booking()).isEqualTo(Booking.TRANSACTION);
        assertThat(config(new Scheduling(Slots.FIND_OPERATION, null)).booking()).isEqualTo(Booking.CHECKED);
        assertThat(config(new Scheduling(null, Booking.CONDITIONAL)).slots()).isEqualTo(Slots.SLOT_RESOURCES);
        assertThatThrownBy(() -> new Scheduling(Slots.FIND_OPERATION, Booking.TRANSACTION))
                .hasMessageContaining("scheduling.booking");
        assertThatThrownBy(() -> new Scheduling(null, Booking.CHECKED)).hasMessageContaining("scheduling.booking");
    }

    @Test
    void boundsTheLongestAnswer() {
        assertThat(config(HTTPS, null).mostBytes()).isEqualTo(20 * 1024 * 1024);
        assertThat(answers("64KB").mostBytes()).isEqualTo(64 * 1024);
        assertThat(answers("100MB").mostBytes()).isEqualTo(100 * 1024 * 1024);
        for (var size : new String[] {"63KB", "101MB", "9GB", "999999999GB"}) {
            assertThatThrownBy(() -> answers(size)).hasMessage("max-response must be between 64KB and 100MB");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "*.example", "https://files.example", "files.example/a", "a b", "hub@files.example"})
    void takesAttachmentHostsByTheirNamesOnly(String host) {
        assertThatThrownBy(() -> new FhirR4Config(
                        HTTPS, null, null, null, null, null, null, null, List.of(host), null, List.of(), null))
                .hasMessageContaining("attachment-hosts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AuditEvent", "Bot", "patient", "Subscription"})
    void letsNoSettingOpenWhatMustStayClosed(String type) {
        assertThatThrownBy(() -> new FhirR4Config(
                        HTTPS, null, null, null, null, null, null, null, List.of(), null, List.of(type), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("query-types");
    }

    @Test
    void isFoundByItsWord() {
        assertThat(ServiceLoader.load(EhrAdapterFactory.class))
                .anyMatch(factory -> factory.type().equals("fhir-r4") && factory.configType() == FhirR4Config.class);
    }

    private static FhirR4Config config(Scheduling scheduling) {
        return new FhirR4Config(HTTPS, null, scheduling, null, null);
    }

    private static FhirR4Config config(URI url, Auth auth) {
        return new FhirR4Config(url, auth, null, null, null);
    }

    private static FhirR4Config answers(String size) {
        return new FhirR4Config(
                HTTPS, null, null, null, null, ByteSize.parse(size), null, null, List.of(), null, List.of(), null);
    }
}
