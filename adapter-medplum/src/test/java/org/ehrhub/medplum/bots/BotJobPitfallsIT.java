package org.ehrhub.medplum.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.medplum.ScriptedMedplum.code;
import static org.ehrhub.medplum.ScriptedMedplum.done;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.medplum.ScriptedMedplum;
import org.ehrhub.medplum.ScriptedMedplum.Answer;
import org.ehrhub.medplum.ScriptedMedplum.Request;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.bots.BotOutcome;
import org.ehrhub.tools.bots.BotTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitfall 5: bots that run as jobs: that a job is completed says nothing of what came of it. */
class BotJobPitfallsIT {
    private static final String DONE = "{\"name\":\"responseBody\",\"valueString\":\"{\\\"slept\\\":12000}\"}";
    private static final String FAILED = "{\"name\":\"outcome\",\"resource\":"
            + Answer.outcome(400, "bot failed on purpose").body() + "}";

    private final ScriptedMedplum medplum = Bots.medplum();

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void aJobIsFollowedToWhatItsBotAnswered() {
        var looks = new AtomicInteger();
        medplum.answers(request -> answer(
                request,
                request.path().startsWith("job/") && looks.incrementAndGet() < 2 ? running() : job("completed", DONE)));

        var outcome = done(run(ScriptedMedplum.write("k"))).value();

        assertThat(outcome).isEqualTo(new BotOutcome(new FhirJson("{\"slept\":12000}"), null, null));
        assertThat(medplum.posts())
                .singleElement()
                .satisfies(
                        request -> assertThat(request.headers().get("prefer")).isEqualTo("respond-async"));
        assertThat(looks).hasValue(2);
    }

    @Test
    void aCompletedJobWithAnErrorInsideHasFailed() {
        medplum.answers(request -> answer(request, job("completed", FAILED)));

        assertThat(code(run(ScriptedMedplum.write("k")))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "cancelled", ""})
    void aJobThatIsNotCompletedHasFailed(String status) {
        medplum.answers(request -> answer(request, job(status, DONE)));

        assertThat(code(run(ScriptedMedplum.write("k")))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void aJobThatOutlastsTheCallIsPendingAndFoundAgainUnderItsKey() {
        medplum.answers(request -> answer(request, running()));
        var call = shortCall();

        assertThat(run(call)).isEqualTo(new ToolResult.Pending<>("clinic/AsyncJob/j0b-1"));
        unknown(call);
        medplum.answers(request -> answer(request, job("completed", DONE)));
        assertThat(medplum.reconcile(BotTools.EXECUTE, Bots.json("slow", "{}"), call))
                .contains(new BotOutcome(new FhirJson("{\"slept\":12000}"), null, null));
        assertThat(medplum.posts()).hasSize(1);
    }

    @Test
    void aJobThatTheHubHasForgottenIsNotStartedAnew() {
        medplum.answers(request -> answer(request, running()));
        var call = shortCall();
        run(call);
        medplum.restart();

        unknown(call);
        assertThat(medplum.posts()).hasSize(1);
    }

    @Test
    void aJobIsAskedForAtTheServerItselfWhateverAddressItNames() {
        medplum.answers(request -> request.path().endsWith("$execute")
                ? taken("http://elsewhere.example/fhir/R4/job/j0b-1/status")
                : answer(request, job("completed", DONE)));

        done(run(ScriptedMedplum.write("k")));

        assertThat(medplum.requests().getLast().is("GET job/j0b-1/status")).isTrue();
    }

    private void unknown(CallContext call) {
        assertThatThrownBy(() -> medplum.reconcile(BotTools.EXECUTE, Bots.json("slow", "{}"), call))
                .isInstanceOfSatisfying(
                        EhrFailure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    /** Long enough for one look at the job, not for another. */
    private static CallContext shortCall() {
        return new CallContext(
                        "c", ScriptedMedplum.read().caller(), Instant.now().plusMillis(1700))
                .writing("k");
    }

    private ToolResult<?> run(CallContext call) {
        return medplum.call(BotTools.EXECUTE, Bots.json("slow", "{}"), call);
    }

    private static Answer answer(Request request, Answer job) {
        if (request.path().startsWith("job/")) {
            return job;
        }
        return request.method().equals("GET")
                ? Bots.found(request)
                : taken("http://localhost:8103/fhir/R4/job/j0b-1/status");
    }

    private static Answer taken(String place) {
        return Answer.fhir(202, "{\"resourceType\":\"OperationOutcome\",\"id\":\"accepted\",\"issue\":[]}")
                .with("Content-Location", place);
    }

    private static Answer running() {
        return Answer.fhir(202, "{\"resourceType\":\"AsyncJob\",\"status\":\"accepted\"}");
    }

    private static Answer job(String status, String parameter) {
        return Answer.fhir(200, """
                {"resourceType":"AsyncJob","status":"%s","output":{"resourceType":"Parameters","parameter":[%s]}}""".formatted(status, parameter));
    }
}
