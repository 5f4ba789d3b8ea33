package org.ehrhub.medplum.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.medplum.ScriptedMedplum.code;
import static org.ehrhub.medplum.ScriptedMedplum.done;
import static org.ehrhub.medplum.ScriptedMedplum.write;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.ehrhub.medplum.ScriptedMedplum;
import org.ehrhub.medplum.ScriptedMedplum.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.bots.BotOutcome;
import org.ehrhub.tools.bots.BotTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitfalls 4 and 11: where a bot's answer is not what it looks like. */
class BotPitfallsIT {
    private static final String MESSAGE =
            "MSH|^~\\&|HUB|CLINIC|BOT|CLINIC|20260302090000||ADT^A08^ADT_A01|M1|T|2.5.1\nPID|1||100";
    private static final String ACK = "MSH|^~\\&|BOT|CLINIC|HUB|CLINIC|20260302090000.15||ACK^A08^ACK|9|T|2.5.1";

    private final ScriptedMedplum medplum = Bots.medplum();

    @AfterEach
    void close() {
        medplum.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain text", "42", "[1,2]", "true", "{\"cut\":", "\"quoted\"", "{} {}"})
    void aBotsBareTextThatIsCalledJsonIsATextAndNoFailure(String text) {
        medplum.answers(Bots.running(request -> Answer.json(text)));

        assertThat(outcome("plain")).isEqualTo(new BotOutcome(null, text, null));
    }

    @Test
    void aBotsEmptyBodyIsNothingAndNoFailure() {
        medplum.answers(Bots.running(request -> Answer.json("")));

        var done = done(run("plain"));

        assertThat(done.value()).isEqualTo(new BotOutcome(null, null, null));
        assertThat(done.warnings()).hasSize(1);
    }

    @Test
    void aResourceIsDataThatNobodyActsOn() {
        var patient = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"FromBot\"}]}";
        medplum.answers(Bots.running(request -> Answer.fhir(200, patient)));

        assertThat(outcome("plain")).isEqualTo(new BotOutcome(new FhirJson(patient), null, null));
    }

    @Test
    void anErrorOutcomeWithAGoodStatusIsAFailure() {
        medplum.answers(Bots.running(
                request -> Answer.fhir(200, Answer.outcome(400, "no").body())));

        assertThat(code(run("plain"))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 409, 412, 422, 429})
    void whatABotWasRefusedInsideIsNotTakenForARefusalOfTheRun(int status) {
        medplum.answers(Bots.running(request -> Answer.outcome(status, "inside")));

        assertThat(code(run("plain"))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(medplum.posts()).hasSize(1);
    }

    @Test
    void anHl7BotIsGivenItsMediaTypeToTheLetterForACharsetWouldChangeWhatItSees() {
        medplum.answers(Bots.running(request -> Answer.er7(ACK, "MSA|AA|M1")));

        var outcome = (BotOutcome) done(medplum.call(BotTools.EXECUTE, Bots.text("hl7", MESSAGE), write("k")))
                .value();

        assertThat(outcome.text()).isEqualTo(ACK + "\rMSA|AA|M1");
        assertThat(medplum.posts()).singleElement().satisfies(request -> {
            assertThat(request.headers().get("content-type")).isEqualTo("x-application/hl7-v2+er7");
            assertThat(request.body()).isEqualTo(MESSAGE.replace('\n', '\r'));
        });
    }

    @Test
    void anOutcomeInsteadOfAnAcknowledgementIsNone() {
        medplum.answers(Bots.running(request -> Answer.allOk()));

        assertThat(code(hl7())).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"AE, REJECTED_BY_EHR", "AR, REJECTED_BY_EHR", "ZZ, OUTCOME_UNKNOWN"})
    void aBotThatAnswersAMessageWithARejectionHasRejectedIt(String said, ErrorCode code) {
        medplum.answers(Bots.running(request -> Answer.er7(ACK, "MSA|" + said + "|M1|Doe^Jane")));

        assertThat(code(hl7())).isEqualTo(code);
    }

    @Test
    void aBotThatSpinsIsNotRunAgainWhileItStopsTheWholeServer() {
        medplum.answers(Bots.running(request -> Answer.outcome(400, "Script execution timed out after 10000ms")));

        assertThat(code(run("plain"))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(medplum.posts()).hasSize(1);
    }

    @Test
    void aBotIsNeverRunByGet() {
        medplum.answers(Bots.running(request -> Answer.json("{}")));
        run("plain");
        run("reader");

        assertThat(medplum.requests())
                .filteredOn(request -> request.path().contains("$execute"))
                .hasSize(2)
                .allMatch(request -> request.method().equals("POST"));
    }

    @Test
    void theLoginThatABotSeesIsLeftOutOfItsAnswer() {
        var basic = Base64.getEncoder().encodeToString("hub:secret".getBytes(StandardCharsets.UTF_8));
        medplum.answers(Bots.running(request -> Answer.json("{\"headers\":{\"authorization\":\""
                + request.headers().get("authorization") + "\",\"other\":\"Basic " + basic
                + "\"},\"test\":\"Basic metabolic panel, Basic electroencephalography\"}")));

        var done = done(run("plain"));

        assertThat(done.toString())
                .doesNotContain(ScriptedMedplum.TOKEN, ScriptedMedplum.TOKEN.substring(0, 30), basic)
                .contains("Basic metabolic panel, Basic electroencephalography");
        assertThat(done.warnings()).hasSize(1);
    }

    @Test
    void logsAreNotReadForTheyHoldWholeMessagesAndSecrets() {
        medplum.answers(Bots.running(request -> Answer.json("{}")));
        run("plain");

        assertThat(medplum.requests())
                .extracting(ScriptedMedplum.Request::path)
                .containsExactly("Bot/" + Bots.ID, "Bot/" + Bots.ID + "/$execute");
    }

    private BotOutcome outcome(String bot) {
        return (BotOutcome) done(run(bot)).value();
    }

    private ToolResult<?> run(String bot) {
        return medplum.call(BotTools.EXECUTE, Bots.json(bot, "{}"), write("k" + bot));
    }

    private ToolResult<?> hl7() {
        return medplum.call(BotTools.EXECUTE, Bots.text("hl7", MESSAGE), write("k"));
    }
}
