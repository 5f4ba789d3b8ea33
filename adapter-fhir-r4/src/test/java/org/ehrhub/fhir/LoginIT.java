package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;

/** How the hub logs in. */
class LoginIT {
    private static final PatientGet PATIENT = new PatientGet(Reference.parse("alpha/Patient/p1"));
    private static final String ADA = """
            {"resourceType":"Patient","id":"p1","birthDate":"1948-03"}""";
    private static final Secret SECRET = Secret.from(() -> "s3cret");
    private static final Caller CALLER = new Caller("test", Set.of());

    @Test
    void sendsUserNameAndPassword() {
        try (var ehr = new ScriptedEhr(Auth.basic("hub", SECRET))) {
            ehr.server().answers(request -> new Answer(200, ADA));

            assertThat(ehr.call(PatientTools.GET, PATIENT)).isInstanceOf(ToolResult.Ok.class);

            assertThat(authorizations(ehr)).containsExactly("Basic aHViOnMzY3JldA==");
        }
    }

    @Test
    void sendsAFixedToken() {
        try (var ehr = new ScriptedEhr(Auth.bearer(SECRET))) {
            ehr.server().answers(request -> new Answer(200, ADA));

            ehr.call(PatientTools.GET, PATIENT);

            assertThat(authorizations(ehr)).containsExactly("Bearer s3cret");
        }
    }

    @Test
    void sendsCredentialsNowhereElse() {
        try (var other = new ScriptedServer();
                var ehr = new ScriptedEhr(Auth.bearer(SECRET))) {
            ehr.server()
                    .answers(request ->
                            new Answer(302, "", other.url("/fhir/Patient/p1").toString()));

            assertThat(ScriptedEhr.code(ehr.call(PatientTools.GET, PATIENT))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);

            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void fetchesOneTokenForManyCallers() throws Exception {
        try (var tokens = new ScriptedServer();
                var ehr = client(tokens)) {
            tokens.answers(request -> token(1, 3600));
            ehr.server().answers(request -> new Answer(200, ADA));

            var callers = Stream.generate(() -> Thread.ofVirtual().unstarted(() -> ehr.call(PatientTools.GET, PATIENT)))
                    .limit(16)
                    .toList();
            callers.forEach(Thread::start);
            for (var caller : callers) {
                assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
            }

            assertThat(tokens.requests()).singleElement().satisfies(LoginIT::asksForAToken);
            assertThat(authorizations(ehr)).hasSize(16).containsOnly("Bearer token-1");
        }
    }

    @Test
    void fetchesANewTokenOnceWhenTheOldOneIsRefused() {
        try (var tokens = new ScriptedServer();
                var ehr = client(tokens)) {
            var fetched = new AtomicInteger();
            tokens.answers(request -> token(fetched.incrementAndGet(), 3600));
            ehr.server()
                    .answers(request -> request.authorization().equals("Bearer token-1")
                            ? new Answer(401, "")
                            : new Answer(200, ADA));

            assertThat(ehr.call(PatientTools.GET, PATIENT)).isInstanceOf(ToolResult.Ok.class);
            assertThat(fetched).hasValue(2);

            ehr.server().answers(request -> new Answer(401, ""));
            assertThat(ScriptedEhr.code(ehr.call(PatientTools.GET, PATIENT))).isEqualTo(ErrorCode.DENIED);
            assertThat(fetched).hasValue(3);
        }
    }

    @Test
    void waitsForAnothersTokenNoLongerThanItsOwnDeadlineNorWhenInterrupted() throws Exception {
        var never = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        try (var tokens = new ScriptedServer();
                var ehr = client(tokens)) {
            tokens.answers(request -> {
                asked.countDown();
                await(never);
                return token(1, 3600);
            });
            var fetching = Thread.ofVirtual().start(() -> ehr.call(PatientTools.GET, PATIENT));
            asked.await();
            var started = Instant.now();

            var late = ehr.call(PatientTools.GET, PATIENT, new CallContext("c", CALLER, started.plusMillis(200)));
            Thread.currentThread().interrupt();
            var interrupted = ehr.call(PatientTools.GET, PATIENT);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(ScriptedEhr.code(late)).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
            assertThat(ScriptedEhr.code(interrupted)).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
            assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(5));
            never.countDown();
            assertThat(fetching.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void saysWithoutSecretsThatTheLoginServerRefuses() {
        try (var tokens = new ScriptedServer();
                var ehr = client(tokens)) {
            tokens.answers(request -> new Answer(400, "{\"error\":\"s3cret is wrong\"}"));

            var result = ehr.call(PatientTools.GET, PATIENT);

            assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.DENIED);
            assertThat(result.toString()).doesNotContain("s3cret");
            assertThat(ehr.server().requests()).isEmpty();
        }
    }

    @Test
    void asksALoginServerThatKeepsRefusingNoMoreThanAFewTimesAMinute() {
        try (var tokens = new ScriptedServer();
                var ehr = client(tokens)) {
            tokens.answers(request -> new Answer(400, "{\"error\":\"invalid_request\"}"));

            for (int calls = 0; calls < 50; calls++) {
                assertThat(ScriptedEhr.code(ehr.call(PatientTools.GET, PATIENT)))
                        .isEqualTo(ErrorCode.DENIED);
            }

            assertThat(tokens.requests()).hasSizeBetween(1, 5);
        }
    }

    @Test
    void fetchesNoStormOfTokensWhereTheServerRefusesThemAll() {
        try (var tokens = new ScriptedServer();
                var ehr = client(tokens)) {
            var fetched = new AtomicInteger();
            tokens.answers(request -> token(fetched.incrementAndGet(), 3600));
            ehr.server().answers(request -> new Answer(401, ""));

            for (int calls = 0; calls < 50; calls++) {
                assertThat(ScriptedEhr.code(ehr.call(PatientTools.GET, PATIENT)))
                        .isEqualTo(ErrorCode.DENIED);
            }

            assertThat(fetched).hasValueBetween(2, 6);
        }
    }

    @Test
    void asksALoginServerThatHasTooMuchToDoNoMoreThanAFewTimesAMinute() {
        try (var tokens = new ScriptedServer();
                var ehr = client(tokens)) {
            tokens.answers(request -> new Answer(429, "{}"));

            for (int calls = 0; calls < 50; calls++) {
                ehr.call(PatientTools.GET, PATIENT);
            }

            assertThat(tokens.requests()).hasSizeBetween(1, 5);
        }
    }

    @Test
    void survivesALifeOfATokenThatNobodyBelieves() {
        for (var life : new String[] {"9223372036854775807", "-5", "\"soon\"", "1e300", "null"}) {
            try (var tokens = new ScriptedServer();
                    var ehr = client(tokens)) {
                tokens.answers(request -> new Answer(200, "{\"access_token\":\"t\",\"expires_in\":" + life + "}"));
                ehr.server().answers(request -> new Answer(200, ADA));

                assertThat(ehr.call(PatientTools.GET, PATIENT)).as(life).isInstanceOf(ToolResult.Ok.class);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void asksForAToken(Request request) {
        assertThat(request.authorization()).isEqualTo("Basic aHViOnMzY3JldA==");
        assertThat(request.body()).isEqualTo("grant_type=client_credentials&scope=system%2F*.read");
    }

    private static Answer token(int number, int seconds) {
        return new Answer(200, """
                {"access_token":"token-%d","token_type":"Bearer","expires_in":%d}""".formatted(number, seconds));
    }

    private static ScriptedEhr client(ScriptedServer tokens) {
        return new ScriptedEhr(Auth.client(tokens.url("/token"), "hub", SECRET, "system/*.read"));
    }

    private static List<String> authorizations(ScriptedEhr ehr) {
        return ehr.server().requests().stream().map(Request::authorization).toList();
    }
}
