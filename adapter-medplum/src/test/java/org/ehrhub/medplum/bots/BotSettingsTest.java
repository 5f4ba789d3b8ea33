package org.ehrhub.medplum.bots;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotSettingsTest {
    @Test
    void needsAnIdOrAnIdentifierAndNotBoth() {
        refused(null, null, "id ");
        refused("b1", "urn:a|b", "id ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../Patient", "Bot/1", "a b", "a?b"})
    void takesNoIdThatWouldLeadElsewhere(String id) {
        refused(id, null, "id ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a|", "|b", "a|b&c=d", "a|b,c", "a|b c"})
    void takesNoIdentifierThatWouldAskForMore(String identifier) {
        refused(null, identifier, "identifier ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b", "__proto__/x", "/"})
    void takesNoFieldsOfAToolThatAreNone(String field) {
        assertThatThrownBy(() -> new ServedTool("b", Map.of(field, "coverage"), Map.of()))
                .hasMessageStartingWith("input ");
        assertThatThrownBy(() -> new ServedTool("b", Map.of(), Map.of("outcome", field)))
                .hasMessageStartingWith("output ");
    }

    @Test
    void makesOnlyBotsThatItCouldFindAgainAndMayDeploy() {
        assertThatThrownBy(() -> new BotSettings("b1", null, null, null, null, true, "p"))
                .hasMessageStartingWith("project ");
        assertThatThrownBy(() -> new BotSettings(null, "urn:a|b", null, null, null, null, "p"))
                .hasMessageStartingWith("project ");
        assertThatThrownBy(() -> new BotSettings(null, "urn:a|b", null, null, null, true, "../p"))
                .hasMessageStartingWith("project ");
    }

    private static void refused(String id, String identifier, String start) {
        assertThatThrownBy(() -> new BotSettings(id, identifier, null, null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(start);
    }
}
