package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehrhub.fhir.client.Networks.ForbiddenAddressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    private static final String EHR = "ehr.example";
    private static final String OTHER = "files.example";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "fe80::1",
                "febf::1",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "fd00:ec2::254",
                "224.0.0.1"
            })
    void goesNowhereThatCloudMachinesKeepTheirSecrets(String address) throws UnknownHostException {
        assertThatThrownBy(() -> networks(address, "8.8.8.8", false).resolve(EHR))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageNotContaining(address);
        assertThat(networks(address, "8.8.8.8", true).resolve(EHR)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.7", "192.168.1.1", "8.8.8.8", "::1", "fd12::1", "2001:4860::1"})
    void goesWhereTheSettingsSay(String address) throws UnknownHostException {
        assertThat(networks(address, "8.8.8.8", false).resolve(EHR)).hasSize(1);
        assertThat(networks(address, "8.8.8.8", false).resolve("EHR.example")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, 9.9.9.9, true",
        "8.8.8.8, 10.0.0.7, false",
        "8.8.8.8, 172.16.0.1, false",
        "8.8.8.8, 192.168.0.1, false",
        "8.8.8.8, 100.64.0.1, false",
        "8.8.8.8, fd12::1, false",
        "8.8.8.8, 127.0.0.1, false",
        "8.8.8.8, 0.0.0.0, false",
        "8.8.8.8, 0.1.2.3, false",
        "8.8.8.8, ::1, false",
        "8.8.8.8, ::ffff:127.0.0.1, false",
        "8.8.8.8, 64:ff9b::7f00:1, false",
        "10.0.0.1, 10.0.0.7, true",
        "10.0.0.1, 127.0.0.1, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 169.254.169.254, false"
    })
    void goesNoNearerToThisMachineThanTheEhrIs(String ehr, String other, boolean goes) throws UnknownHostException {
        var networks = networks(ehr, other, false);

        if (goes) {
            assertThat(networks.resolve(OTHER)).hasSize(1);
        } else {
            assertThatThrownBy(() -> networks.resolve(OTHER)).isInstanceOf(ForbiddenAddressException.class);
        }
    }

    @Test
    void goesNowhereWhenOneOfSeveralAddressesIsForbidden() {
        var networks = new Networks(
                host -> new InetAddress[] {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("169.254.169.254")},
                EHR,
                Set.of(),
                false);

        assertThatThrownBy(() -> networks.resolve(EHR)).isInstanceOf(ForbiddenAddressException.class);
    }

    @Test
    void looksAtEachAnswerOfANameServerThatChangesItsMind() throws UnknownHostException {
        var answers = new ArrayDeque<>(List.of("8.8.8.8", "169.254.169.254"));
        var networks = new Networks(
                host -> new InetAddress[] {InetAddress.getByName(answers.removeFirst())}, EHR, Set.of(), false);

        assertThat(networks.resolve(EHR)).containsExactly(InetAddress.getByName("8.8.8.8"));
        assertThatThrownBy(() -> networks.resolve(EHR)).isInstanceOf(ForbiddenAddressException.class);
    }

    private static Networks networks(String ehr, String other, boolean linkLocal) {
        var names = Map.of(EHR, ehr, "EHR.example", ehr, OTHER, other);
        return new Networks(
                host -> new InetAddress[] {InetAddress.getByName(names.get(host))}, EHR, Set.of(), linkLocal);
    }
}
