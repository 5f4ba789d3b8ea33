package org.ehrhub.medplum.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a1-b2", "http://hub.example.org/agent|site-1", "urn:oid:1.2.3|7"})
    void takesIdsAndIdentifiers(String one) {
        assertThat(new AgentSettings(one, one, null, null).agent()).isEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "../x", "Device/1", "a|", "|b", "a|b|c", "a|b&name=x", "a|b,c"})
    void takesNothingThatWouldAskForMore(String one) {
        assertThatThrownBy(() -> new AgentSettings(one, "d", null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("agent ");
        assertThatThrownBy(() -> new AgentSettings("a", one, null, null)).hasMessageStartingWith("device ");
    }

    @Test
    void takesNoLongerWaitThanMedplumDoes() {
        assertThatThrownBy(() -> new AgentSettings("a", "d", null, Duration.ofSeconds(56)))
                .hasMessageStartingWith("longest-wait ");
        assertThatThrownBy(() -> new AgentSettings("a", "d", null, Duration.ofMillis(900)))
                .hasMessageStartingWith("longest-wait ");
    }
}
