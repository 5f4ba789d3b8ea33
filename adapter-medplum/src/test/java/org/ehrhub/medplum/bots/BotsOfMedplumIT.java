package org.ehrhub.medplum.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.bots.BotExecute;
import org.ehrhub.tools.bots.BotOutcome;
import org.ehrhub.tools.bots.BotTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bots through the whole adapter, on the stub or a live Medplum: each way to answer, as the hub tells it. */
@Tag("medplum")
class BotsOfMedplumIT {
    private static final String MESSAGE =
            "MSH|^~\\&|HUB|CLINIC|BOT|CLINIC|20260302090000||ADT^A08^ADT_A01|ID|T|2.5.1\nPID|1||100";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private final MedplumEhr ehr = ehr();

    @AfterEach
    void close() {
        ehr.close();
        medplum.close();
    }

    @ParameterizedTest
    @CsvSource({"string, plain text", "number, 42", "boolean, true", "array, '[1,2]'"})
    void whatIsNoObjectIsText(String mode, String text) {
        assertThat(run("plain", mode)).isEqualTo(new BotOutcome(null, text, null));
    }

    @Test
    void nothingIsNothing() {
        assertThat(run("plain", "null")).isEqualTo(new BotOutcome(null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"object", "resource", "outcome-ok", "undefined"})
    void anObjectIsData(String mode) {
        assertThat(run("plain", mode).output()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "outcome-forbidden", "outcome-noid", "read404"})
    void aFailureLeavesOpenWhatWasDoneBefore(String mode) {
        assertThat(MedplumEhr.code(ehr.call(BotTools.EXECUTE, json("plain", mode))))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(MedplumEhr.code(ehr.call(BotTools.EXECUTE, json("slow", mode))))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void aJobIsFollowed() {
        assertThat(run("slow", "string")).isEqualTo(new BotOutcome(null, "plain text", null));
        assertThat(run("slow", "object").output()).isNotNull();
    }

    @Test
    void aMessageIsAcknowledgedOrItsFateIsNotKnown() {
        ToolResult.Ok<BotOutcome> done = ehr.done(BotTools.EXECUTE, message("M1"));

        assertThat(done.value().text()).contains("\rMSA|AA|M1");
        assertThat(MedplumEhr.code(ehr.call(BotTools.EXECUTE, message("NONE1"))))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(MedplumEhr.code(ehr.call(BotTools.EXECUTE, message("FAIL1"))))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void noOtherBotRuns() {
        assertThat(MedplumEhr.code(ehr.call(BotTools.EXECUTE, json("other", "object"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aProjectWithoutBotsRunsNone() {
        medplum.stub().project().feature("bots", false);

        assertThat(MedplumEhr.code(ehr.call(BotTools.EXECUTE, json("plain", "object"))))
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    private BotOutcome run(String bot, String mode) {
        ToolResult.Ok<BotOutcome> done = ehr.done(BotTools.EXECUTE, json(bot, mode));
        return done.value();
    }

    private static BotExecute json(String bot, String mode) {
        return new BotExecute(
                MedplumEhr.ref("Bot/" + bot), new FhirJson("{\"mode\":\"" + mode + "\"}"), null, null, null);
    }

    private static BotExecute message(String controlId) {
        return new BotExecute(
                MedplumEhr.ref("Bot/hl7"), null, MESSAGE.replace("|ID|", "|" + controlId + "|"), null, null);
    }

    private MedplumEhr ehr() {
        var bot = medplum.bot();
        return TestSettings.of(medplum)
                .bots(Map.of(
                        "plain", BotSettings.ofId(bot),
                        "slow", new BotSettings(bot, null, null, true, null, null),
                        "hl7", new BotSettings(bot, null, BotSettings.Input.HL7V2, null, null, null)))
                .ehr();
    }
}
