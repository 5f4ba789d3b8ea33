package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.medplum.client.OnBehalfOf.Others;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In whose name the hub asks. */
class OnBehalfOfTest {
    private static final Caller ADA = caller("ada");
    private static final Caller BEN = caller("ben");
    private static final Map<String, String> USERS = Map.of("https://id.example|ada", "Practitioner/1");

    @Test
    void isOneProfileForAll() {
        var one = new OnBehalfOf("ProjectMembership/7", Map.of(), null);

        assertThat(one.headers(ADA)).isEqualTo(Map.of("X-Medplum-On-Behalf-Of", "ProjectMembership/7"));
        assertThat(one.headers(BEN)).isEqualTo(one.headers(ADA));
    }

    @Test
    void isEachUsersOwnAndOthersAreRefused() {
        var own = new OnBehalfOf(null, USERS, null);

        assertThat(own.headers(ADA)).isEqualTo(Map.of("X-Medplum-On-Behalf-Of", "Practitioner/1"));
        assertThatThrownBy(() -> own.headers(BEN))
                .isInstanceOfSatisfying(
                        EhrFailure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DENIED));
        assertThatThrownBy(() -> own.headers(new Caller("ada", Set.of()))).isInstanceOf(EhrFailure.class);
    }

    @Test
    void isNobodysForOthersWhereTheSettingsSaySo() {
        assertThat(new OnBehalfOf(null, USERS, Others.AS_CLIENT).headers(BEN)).isEmpty();
        assertThatThrownBy(() -> new OnBehalfOf(null, USERS, Others.REFUSED).headers(BEN))
                .isInstanceOf(EhrFailure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Practitioner", "Practitioner/a b", "Practitioner/1\r\nX: y", "ClientApplication/1", "1", ""})
    void isAProfileOrAMembershipAndNothingElse(String profile) {
        assertThatThrownBy(() -> new OnBehalfOf(profile, Map.of(), null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OnBehalfOf(null, Map.of("x", profile), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isEitherForAllOrForEach() {
        assertThatThrownBy(() -> new OnBehalfOf("Practitioner/1", USERS, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OnBehalfOf(null, Map.of(), null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OnBehalfOf("Practitioner/1", Map.of(), Others.AS_CLIENT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Caller caller(String subject) {
        return new Caller(subject, Set.of(), "https://id.example", null, Set.of(), Set.of(), null);
    }
}
