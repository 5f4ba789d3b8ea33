package org.ehrhub.medplum.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.medplum.ScriptedMedplum.code;
import static org.ehrhub.medplum.ScriptedMedplum.done;
import static org.ehrhub.medplum.ScriptedMedplum.failed;
import static org.ehrhub.medplum.ScriptedMedplum.write;

import java.util.Map;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.medplum.ScriptedMedplum;
import org.ehrhub.medplum.ScriptedMedplum.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.bots.BotExecute;
import org.ehrhub.tools.bots.BotOutcome;
import org.ehrhub.tools.bots.BotTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bot.execute}. */
class BotExecutionIT {
    private final ScriptedMedplum medplum = Bots.medplum();

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void runsABotOfTheSettingsByItsNameAndByItsId() {
        medplum.answers(Bots.running(request -> Answer.json("{\"done\":1.50}")));

        for (var bot : new String[] {"plain", Bots.ID}) {
            var outcome = (BotOutcome) done(medplum.call(BotTools.EXECUTE, Bots.json(bot, "{\"a\":1}"), write(bot)))
                    .value();
            assertThat(outcome).isEqualTo(new BotOutcome(new FhirJson("{\"done\":1.50}"), null, null));
        }
        assertThat(medplum.posts()).hasSize(2).allSatisfy(request -> {
            assertThat(request.is("POST Bot/" + Bots.ID + "/$execute")).isTrue();
            assertThat(request.headers().get("content-type")).isEqualTo("application/json");
            assertThat(request.body()).isEqualTo("{\"a\":1}");
        });
    }

    @Test
    void findsABotByItsIdentifier() {
        medplum.answers(Bots.running(request -> Answer.json("{}")));

        done(medplum.call(BotTools.EXECUTE, Bots.json("named", "{}"), write("k")));

        assertThat(medplum.requests().getFirst().path()).isEqualTo("Bot?_count=2&identifier=urn%3Abots%7Cnamed");
        assertThat(medplum.posts()).singleElement().matches(request -> request.is("POST Bot/b0b0-9/$execute"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "b0b0-7", "b0b0-9", "plain.."})
    void asksNothingOfTheEhrForABotThatIsNotOnTheList(String bot) {
        var failed = failed(medplum.call(BotTools.EXECUTE, Bots.json(bot, "{}"), write("k")));

        assertThat(failed.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failed.hint()).contains("plain", "reader").doesNotContain(bot.equals("other") ? "other" : bot);
        assertThat(medplum.requests()).isEmpty();
    }

    @Test
    void asksNothingOfTheEhrForABotOfAnother() {
        var elsewhere = new BotExecute(new Reference("other", "Bot", "plain"), null, null, null, null);

        assertThat(code(medplum.call(BotTools.EXECUTE, elsewhere, write("k")))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(medplum.requests()).isEmpty();
    }

    @Test
    void givesABotOnlyWhatItTakes() {
        var message = "MSH|^~\\&|HUB";
        for (var input : new BotExecute[] {
            Bots.text("plain", "hello"),
            Bots.json("hl7", "{}"),
            Bots.text("hl7", "hello"),
            Bots.json("text", "{}"),
            new BotExecute(new Reference("clinic", "Bot", "text"), null, null, null, null),
            new BotExecute(new Reference("clinic", "Bot", "hl7"), new FhirJson("{}"), message, null, null)
        }) {
            assertThat(code(medplum.call(BotTools.EXECUTE, input, write("k")))).isEqualTo(ErrorCode.INVALID_INPUT);
        }
        assertThat(medplum.requests()).isEmpty();
    }

    @Test
    void givesATextBotPlainText() {
        medplum.answers(Bots.running(request -> new Answer(200, "text/plain; charset=utf-8", "some words", Map.of())));

        var outcome = (BotOutcome) done(medplum.call(BotTools.EXECUTE, Bots.text("text", "hello"), write("k")))
                .value();

        assertThat(outcome).isEqualTo(new BotOutcome(null, "some words", null));
        assertThat(medplum.posts().getFirst().headers().get("content-type")).isEqualTo("text/plain");
    }

    @ParameterizedTest
    @CsvSource({
        "Bots not enabled, UNSUPPORTED",
        "No executable code, UNSUPPORTED",
        "Content could not be parsed, REJECTED_BY_EHR",
        "bot failed on purpose, OUTCOME_UNKNOWN",
        "Unexpected token '=>', OUTCOME_UNKNOWN"
    })
    void tellsWhatDidNotRunFromWhatFailed(String words, ErrorCode code) {
        medplum.answers(Bots.running(request -> Answer.outcome(400, words)));

        var failed = failed(medplum.call(BotTools.EXECUTE, Bots.json("plain", "{}"), write("k")));

        assertThat(failed.code()).isEqualTo(code);
        assertThat(failed.message() + failed.hint()).doesNotContain(words);
    }

    @Test
    void saysOfABotThatOnlyReadsNoMoreThanThatItFailedAndLetsItRunAgain() {
        medplum.answers(Bots.running(request -> Answer.outcome(400, "bot failed on purpose")));

        assertThat(code(medplum.call(BotTools.EXECUTE, Bots.json("reader", "{}"), write("k"))))
                .isEqualTo(ErrorCode.REJECTED_BY_EHR);
        assertThat(medplum.reconcile(BotTools.EXECUTE, Bots.json("reader", "{}"), write("k")))
                .isEmpty();
    }

    @Test
    void runsNoBotAgainWhoseAnswerWasLost() {
        medplum.answers(Bots.running(request -> Answer.none()));

        assertThat(code(medplum.call(BotTools.EXECUTE, Bots.json("plain", "{}"), write("k"))))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThatThrownBy(() -> medplum.reconcile(BotTools.EXECUTE, Bots.json("plain", "{}"), write("k")))
                .isInstanceOfSatisfying(
                        EhrFailure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
        assertThat(medplum.posts()).hasSize(1);
    }

    @Test
    void tellsABotThatIsNotThereBeforeItRuns() {
        medplum.answers(request -> Answer.outcome(404, "Not found"));

        assertThat(code(medplum.call(BotTools.EXECUTE, Bots.json("plain", "{}"), write("k"))))
                .isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(medplum.posts()).isEmpty();
    }

    @Test
    void bindsAnApprovalToTheProgramThatWouldRun() {
        medplum.answers(Bots.running(request -> Answer.json("{}")));

        assertThat(currentVersion(Bots.json("plain", "{}"))).contains("v1");
        assertThat(medplum.posts()).isEmpty();
    }

    @SuppressWarnings("unchecked") // the tool's handler takes the tool's input
    private Optional<String> currentVersion(BotExecute input) {
        var handler =
                medplum.tools().find(BotTools.EXECUTE.name()).orElseThrow().handler();
        return ((WriteHandler<BotExecute, ?>) handler).currentVersion(input, ScriptedMedplum.read());
    }
}
