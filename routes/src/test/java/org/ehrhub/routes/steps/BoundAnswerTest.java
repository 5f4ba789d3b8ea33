package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.fakes.FakeClock;
import org.ehrhub.routes.json.Seals;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientMatch;
import org.junit.jupiter.api.Test;

class BoundAnswerTest {
    private static final int SIZE = 4096;

    private final Cursors cursors = new Cursors(SampleCalls.JSON.wire(), new Seals(new byte[32]));
    private final BoundAnswer step =
            new BoundAnswer(SampleCalls.JSON, cursors, new Limits(Duration.ofSeconds(1), 1, 0, SIZE), new FakeClock());

    @Test
    void aFailureEndsInTheFormOfAnErrorWithTheCallsId() {
        var call = SampleCalls.get();
        call.failure(ToolResult.failed(ErrorCode.RATE_LIMITED, "Too many", "Wait."));

        var answer = answer(call);

        assertThat(answer.failed()).isTrue();
        assertThat(answer.text())
                .isEqualTo("{\"error\":{\"code\":\"RATE_LIMITED\",\"message\":\"Too many\",\"retryable\":true,"
                        + "\"hint\":\"Wait.\",\"callId\":\"call-1\"}}");
    }

    @Test
    void oneThingShowsItsSourceAndItsWarnings() {
        var call = SampleCalls.get();
        call.results()
                .put(
                        "alpha",
                        new ToolResult.Ok<>(
                                SampleCalls.person("alpha/Patient/a1", "Ada", null),
                                SampleCalls.ok(call.input()).from(),
                                List.of("merged")));

        assertThat(answer(call).text())
                .isEqualTo("{\"source\":{\"ehr\":\"alpha\",\"asOf\":\"1970-01-01T00:00:00Z\",\"version\":\"7\"},"
                        + "\"warnings\":[\"merged\"],\"item\":{\"patient\":\"alpha/Patient/a1\",\"name\":\"Ada\"}}");
    }

    @Test
    void aPendingWriteSaysWhatToAskForLater() {
        var call = SampleCalls.cancel(null);
        call.results().put("alpha", new ToolResult.Pending<>("ask-7"));

        assertThat(answer(call).text()).isEqualTo("{\"status\":\"pending\",\"reference\":\"ask-7\"}");
    }

    @Test
    void whenAllFailTheAnswerMayBeTriedAgainIfOneOfThemMay() {
        var call = SampleCalls.search("alpha", "beta");
        call.results().put("alpha", ToolResult.failed(ErrorCode.UNSUPPORTED, "No", "Never."));
        call.results().put("beta", ToolResult.failed(ErrorCode.EHR_UNAVAILABLE, "Away", "Later."));

        var error = answer(call).json().get("error");

        assertThat(error.get("code").stringValue()).isEqualTo("EHR_UNAVAILABLE");
        assertThat(error.get("message").stringValue()).isEqualTo("`alpha`: No. `beta`: Away.");
        assertThat(error.get("hint").stringValue()).isEqualTo("Later.");
    }

    @Test
    void oneFailureIsToldAsItIs() {
        var call = SampleCalls.search("alpha");
        var failed = ToolResult.<PatientMatch>failed(ErrorCode.NOT_FOUND, "No", "Never.");
        call.results().put("alpha", failed);

        answer(call);
        assertThat(call.outcome()).isSameAs(failed);
    }

    @Test
    void rowsThatWouldMakeItTooLargeWaitBehindTheCursor() {
        var call = SampleCalls.search("alpha", "beta");
        call.results().put("alpha", people("alpha", 120, null));
        call.results().put("beta", people("beta", 60, "next"));

        var answer = answer(call);

        assertThat(answer.text().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(SIZE / 2, SIZE);
        var sources = answer.json().get("sources");
        var shown = answer.json().get("items").size();
        assertThat(sources.get(0).get("returned").intValue()).isEqualTo(shown);
        assertThat(sources.get(1).get("returned").intValue()).isZero();
        var places = cursors.open(call, answer.json().get("cursor").stringValue());
        assertThat(places.get("alpha")).isEqualTo(new ToolCall.Position(null, shown));
        assertThat(places.get("beta")).isEqualTo(new ToolCall.Position(null, 0));
    }

    @Test
    void aRowThatIsTooLargeByItselfIsLeftOutAndTheListGoesOnBehindIt() {
        var call = SampleCalls.search("alpha");
        var large = SampleCalls.person("alpha/Patient/a1", "x".repeat(2 * SIZE), null);
        call.results().put("alpha", SampleCalls.page(large, large));

        var answer = answer(call).json();

        assertThat(answer.get("items")).isEmpty();
        assertThat(answer.get("complete").booleanValue()).isFalse();
        assertThat(answer.get("warnings").get(0).stringValue()).contains("1 row is left out");
        var places = cursors.open(call, answer.get("cursor").stringValue());
        assertThat(places.get("alpha")).isEqualTo(new ToolCall.Position(null, 1));
    }

    @Test
    void aSingleRecordThatIsTooLargeIsRefused() {
        var call = SampleCalls.get();
        call.results().put("alpha", SampleCalls.ok(SampleCalls.person("alpha/Patient/a1", "A".repeat(SIZE), null)));

        var answer = answer(call);

        assertThat(answer.failed()).isTrue();
        assertThat(answer.json().get("error").get("code").stringValue()).isEqualTo("UNSUPPORTED");
    }

    @Test
    void whatTheCallerHasOfAPageThatIsNowShorterIsSkippedOnTheNext() {
        var call = SampleCalls.search("alpha");
        call.positions().put("alpha", new ToolCall.Position("p1", 3));
        var row = SampleCalls.person("alpha/Patient/a1", "Ada", null);
        call.results().put("alpha", SampleCalls.ok(new Page<>(List.of(row), null, "p2", List.of())));

        var cursor = answer(call).json().get("cursor").stringValue();

        assertThat(cursors.open(call, cursor)).containsEntry("alpha", new ToolCall.Position("p2", 2));
    }

    @Test
    void aTruncatedListIsNeverComplete() {
        var call = SampleCalls.search("alpha");
        call.results().put("alpha", SampleCalls.ok(new Page<>(List.of(), null, null, List.of("cut at 50"), true)));

        var answer = answer(call).json();

        assertThat(answer.get("complete").booleanValue()).isFalse();
        assertThat(answer.has("cursor")).isFalse();
        assertThat(answer.get("warnings").toString()).contains("alpha: cut at 50");
    }

    @Test
    void saysWhenPeopleAreEasilyTakenForEachOther() {
        assertThat(warnings(SampleCalls.person("alpha/Patient/1", "Ada Hill", "1948-03-21")))
                .isEqualTo("[]");
        assertThat(warnings(
                        SampleCalls.person("alpha/Patient/1", "Ada Hill", "1948-03-21"),
                        SampleCalls.person("alpha/Patient/2", "Eve Hill", "1948-03-21")))
                .contains("2 records match")
                .doesNotContain("birthDate");
        assertThat(warnings(
                        SampleCalls.person("alpha/Patient/1", "Ada Hill", "1948-03-21"),
                        SampleCalls.person("alpha/Patient/2", "Ada Hill", "1950-01-01")))
                .contains("2 records match")
                .contains("ambiguous", "apart by birthDate.");
        assertThat(warnings(
                        SampleCalls.person("alpha/Patient/1", "Ada Hill", "1948-03-21"),
                        SampleCalls.person("alpha/Patient/2", "ADA HILL", "1948-03-21"),
                        SampleCalls.person("alpha/Patient/3", null, null)))
                .contains("3 records match")
                .contains("2 with name and birth date in common");
    }

    private String warnings(PatientMatch... people) {
        var call = SampleCalls.search("alpha");
        call.results().put("alpha", SampleCalls.page(people));
        return answer(call).json().get("warnings").toString();
    }

    private static ToolResult<Page<PatientMatch>> people(String ehr, int count, String next) {
        var rows = IntStream.range(0, count)
                .mapToObj(i -> SampleCalls.person(ehr + "/Patient/p" + i, "Name " + i, null))
                .toList();
        return SampleCalls.ok(new Page<>(rows, null, next, List.of()));
    }

    private ToolAnswer answer(ToolCall call) {
        step.apply(call);
        return call.answer();
    }
}
