package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ServiceLoader;
import org.ehrhub.adapters.EhrAdapterFactory;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.FhirR4Config.Auth;
import org.ehrhub.fhir.FhirR4Config.Scheduling;
import org.ehrhub.fhir.FhirR4Config.Scheduling.Booking;
import org.ehrhub.fhir.FhirR4Config.Scheduling.Slots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirR4ConfigTest {
    private static final Secret SECRET = Secret.from(() -> "s3cret");

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

    @Test
    void refusesALoginThatLacksOrAddsSomething() {
        assertThatThrownBy(() -> new Auth(Auth.Kind.BASIC, "hub", null, null, null, null, null, null))
                .hasMessage("auth.password is needed for basic");
        assertThatThrownBy(() -> new Auth(Auth.Kind.BEARER, "hub", null, SECRET, null, null, null, null))
                .hasMessage("auth.username does not belong to bearer");
        assertThatThrownBy(() -> new Auth(Auth.Kind.CLIENT_CREDENTIALS, null, null, null, null, "hub", SECRET, null))
                .hasMessage("auth.token-url is needed for client-credentials");
        assertThatThrownBy(() -> new Auth(Auth.Kind.NONE, null, null, null, null, null, null, "system/*.read"))
                .hasMessage("auth.scope does not belong to none");
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
    void isFoundByItsWord() {
        assertThat(ServiceLoader.load(EhrAdapterFactory.class))
                .anyMatch(factory -> factory.type().equals("fhir-r4") && factory.configType() == FhirR4Config.class);
    }

    private static FhirR4Config config(Scheduling scheduling) {
        return new FhirR4Config(URI.create("https://ehr.example/fhir"), null, scheduling, null, null);
    }
}
