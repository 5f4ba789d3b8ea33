package org.ehrhub.medplum.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.medplum.ScriptedMedplum.code;
import static org.ehrhub.medplum.ScriptedMedplum.done;
import static org.ehrhub.medplum.ScriptedMedplum.write;

import java.util.Map;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.medplum.ScriptedMedplum;
import org.ehrhub.medplum.ScriptedMedplum.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.bots.Bot;
import org.ehrhub.tools.bots.BotDeploy;
import org.ehrhub.tools.bots.BotTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bot.deploy}. */
class BotDeploymentIT {
    private static final String CODE = "exports.handler = async () => true;";

    private final ScriptedMedplum medplum = Bots.medplum();

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void replacesAProgramAndSaysThatNobodyHasCheckedIt() {
        medplum.answers(Bots.running(request -> Answer.allOk()));

        var done = done(deploy("kept", "v1"));

        assertThat(done.value()).isEqualTo(new Bot(new Reference("clinic", "Bot", "b0b0-6"), "A bot", "v1"));
        assertThat(done.warnings()).singleElement().asString().contains("not checked");
        assertThat(medplum.posts()).singleElement().satisfies(request -> {
            assertThat(request.is("POST Bot/b0b0-6/$deploy")).isTrue();
            assertThat(request.body()).isEqualTo("{\"code\":\"" + CODE + "\",\"filename\":\"index.js\"}");
        });
    }

    @Test
    void leavesABotAloneThatHasAnotherVersionByNow() {
        medplum.answers(Bots.running(request -> Answer.allOk()));

        assertThat(code(deploy("kept", "v0"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(medplum.posts()).isEmpty();
    }

    @Test
    void replacesNoProgramWhereTheSettingsDoNotSaySo() {
        assertThat(code(deploy("plain", null))).isEqualTo(ErrorCode.DENIED);
        assertThat(code(deploy("other", null))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(medplum.requests()).isEmpty();
    }

    @Test
    void isNoToolWhereNoBotMayBeReplaced() {
        try (var other = new ScriptedMedplum((tools, server) ->
                BotHandlers.register(tools, server, Map.of("plain", BotSettings.ofId(Bots.ID)), Map.of()))) {
            assertThat(other.tools().names()).contains("bot.execute").doesNotContain("bot.deploy");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, Bots not enabled, UNSUPPORTED",
        "400, Missing code, REJECTED_BY_EHR",
        "403, Forbidden, DENIED",
        "500, down, OUTCOME_UNKNOWN",
        "200, odd, OUTCOME_UNKNOWN"
    })
    void tellsWhyAProgramWasNotTaken(int status, String words, ErrorCode code) {
        medplum.answers(Bots.running(request -> Answer.outcome(status, words)));

        assertThat(code(deploy("kept", null))).isEqualTo(code);
    }

    @Test
    void makesABotThatIsNotThereYetAsAMemberOfItsProject() {
        medplum.answers(request -> {
            if (request.method().equals("GET")) {
                return Answer.fhir(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}");
            }
            return request.path().contains("/admin/") ? Answer.json(Bots.bot("b0b0-8")) : Answer.allOk();
        });

        assertThat(((Bot) done(deploy("new", null)).value()).ref()).hasToString("clinic/Bot/b0b0-8");

        var asked = medplum.requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .toList();
        assertThat(asked).hasSize(3);
        assertThat(asked.get(0).is("POST /admin/projects/project-1/bot")).isTrue();
        assertThat(asked.get(0).body()).contains("\"name\":\"new\"");
        assertThat(asked.get(1).is("PUT Bot/b0b0-8")).isTrue();
        assertThat(asked.get(1).headers()).containsEntry("if-match", "W/\"v1\"");
        assertThat(asked.get(1).body()).contains("\"identifier\":[{\"system\":\"urn:bots\",\"value\":\"new\"}]");
        assertThat(asked.get(2).is("POST Bot/b0b0-8/$deploy")).isTrue();
    }

    @Test
    void makesNoBotWhereItMayNotOrWhereTheCallerSawOne() {
        medplum.answers(request -> request.method().equals("GET")
                ? Answer.fhir(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}")
                : Answer.outcome(403, "Forbidden"));

        assertThat(code(deploy("new", "v1"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(medplum.posts()).isEmpty();
        assertThat(code(deploy("new", null))).isEqualTo(ErrorCode.DENIED);
        assertThat(medplum.posts()).hasSize(1);
    }

    @Test
    void doesNotClaimToKnowWhatBecameOfAnEarlierTry() {
        var input = new BotDeploy(new Reference("clinic", "Bot", "kept"), CODE, null, null, null);

        assertThatThrownBy(() -> medplum.reconcile(BotTools.DEPLOY, input, write("k")))
                .isInstanceOfSatisfying(
                        EhrFailure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    private ToolResult<?> deploy(String bot, String version) {
        var input = new BotDeploy(new Reference("clinic", "Bot", bot), CODE, version, null, null);
        return medplum.call(BotTools.DEPLOY, input, write("k"));
    }
}
