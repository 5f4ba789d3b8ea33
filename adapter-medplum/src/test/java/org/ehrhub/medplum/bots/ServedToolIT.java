package org.ehrhub.medplum.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.medplum.ScriptedMedplum.code;
import static org.ehrhub.medplum.ScriptedMedplum.done;
import static org.ehrhub.medplum.ScriptedMedplum.write;

import java.util.List;
import java.util.Map;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.medplum.ScriptedMedplum;
import org.ehrhub.medplum.ScriptedMedplum.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.coverage.Eligibility;
import org.ehrhub.tools.coverage.EligibilityCheck;
import org.ehrhub.tools.terminology.TerminologyLookup;
import org.ehrhub.tools.terminology.TerminologyTools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools that Medplum has no operation for, each served by a bot of the settings. */
class ServedToolIT {
    private static final String GOOD = """
            {"ref":"CoverageEligibilityResponse/7","inForce":true,"outcome":"complete","start":"2026-01-01",
            "benefits":[{"service":"30","allowed":"20 USD"}],"subject":"Patient/1"}""";
    private static final Eligibility ELIGIBLE = new Eligibility(
            new Reference("clinic", "CoverageEligibilityResponse", "7"),
            true,
            "complete",
            null,
            "2026-01-01",
            null,
            List.of(new Eligibility.Benefit("30", null, null, null, "20 USD", null, null, null)),
            new Reference("clinic", "Patient", "1"));

    @Test
    void givesABotTheInputOfAToolAndAnswersWithItsOutput() {
        try (var medplum = serving(new ServedTool("plain"))) {
            medplum.answers(Bots.running(request -> Answer.json(GOOD)));

            assertThat(done(medplum.call(CoverageTools.ELIGIBILITY, check(), write("k1")))
                            .value())
                    .isEqualTo(ELIGIBLE);
            assertThat(medplum.posts()).singleElement().satisfies(request -> {
                assertThat(request.is("POST Bot/" + Bots.ID + "/$execute")).isTrue();
                assertThat(request.body())
                        .isEqualTo("{\"coverage\":\"Coverage/5\",\"service\":\"30\",\"writeKey\":\"k1\"}");
            });
        }
    }

    @Test
    void speaksTheBotsOwnWordsWhereTheSettingsSayThem() {
        var served = new ServedTool(
                "plain", Map.of("cov", "coverage"), Map.of("outcome", "/result/0/state", "inForce", "active"));
        try (var medplum = serving(served)) {
            medplum.answers(Bots.running(request ->
                    Answer.json("{\"active\":false,\"result\":[{\"state\":\"complete\"}],\"more\":\"passed over\"}")));

            assertThat(done(medplum.call(CoverageTools.ELIGIBILITY, check(), write("k")))
                            .value())
                    .isEqualTo(new Eligibility(null, false, "complete", null, null, null, List.of(), null));
            assertThat(medplum.posts().getFirst().body()).isEqualTo("{\"cov\":\"Coverage/5\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "some words",
                "[]",
                "{}",
                "{\"outcome\":null}",
                "{\"outcome\":1}",
                "{\"outcome\":\"complete\",\"inForce\":\"true\"}",
                "{\"outcome\":\"complete\",\"surprise\":1}",
                "{\"outcome\":\"complete\",\"ref\":\"../Patient/1\"}",
                "{\"outcome\":\"complete\",\"ref\":\"other/Patient/1\"}",
                "{\"outcome\":\"complete\",\"benefits\":{}}",
                "{\"outcome\":\"complete\",\"benefits\":[null]}"
            })
    void knowsNotWhatABotDidThatDoesNotAnswerAsTheToolMust(String answer) {
        try (var medplum = serving(new ServedTool("plain"))) {
            medplum.answers(Bots.running(request -> Answer.json(answer)));

            assertThat(code(medplum.call(CoverageTools.ELIGIBILITY, check(), write("k"))))
                    .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
            assertThatThrownBy(() -> medplum.reconcile(CoverageTools.ELIGIBILITY, check(), write("k")))
                    .isInstanceOf(EhrFailure.class);
            assertThat(medplum.posts()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"surprise\":1}", "", "throws"})
    void saysOfAReadThatTheEhrDidNotAnswer(String answer) {
        try (var medplum = Bots.medplum(Map.of("terminology.lookup", new ServedTool("reader")))) {
            medplum.answers(
                    Bots.running(request -> answer.equals("throws") ? Answer.outcome(400, "no") : Answer.json(answer)));

            var input = new TerminologyLookup("clinic", "http://loinc.org|1234-5");
            assertThat(code(medplum.call(TerminologyTools.LOOKUP, input, ScriptedMedplum.read())))
                    .isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        }
    }

    @Test
    void refusesSettingsThatServeWhatNoBotCanServe() {
        for (var tool :
                List.of("no.tool", "patient.search", "bot.execute", "hl7v2.send", "fhir.query", "intake.sync")) {
            refused(Map.of(tool, new ServedTool("plain")));
        }
        refused(Map.of("eligibility.check", new ServedTool("nobody")));
        refused(Map.of("eligibility.check", new ServedTool("hl7")));
        refused(Map.of("priorauth.check", new ServedTool("plain")));
    }

    private static void refused(Map<String, ServedTool> served) {
        assertThatThrownBy(() -> ServedTool.check(served, Bots.ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tools ");
    }

    private static ScriptedMedplum serving(ServedTool served) {
        return Bots.medplum(Map.of("eligibility.check", served));
    }

    private static EligibilityCheck check() {
        return new EligibilityCheck(new Reference("clinic", "Coverage", "5"), "30", null, "mine", null);
    }
}
