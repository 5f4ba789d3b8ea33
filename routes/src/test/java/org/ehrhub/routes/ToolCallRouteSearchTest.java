package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.Duration;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.ErrorCode;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code patient.search} over several EHRs. */
class ToolCallRouteSearchTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final FakeEhr alpha = FakeEhr.named("alpha").withPatient("a1", "Hill", "Ada", "1948-03-21");
    private final FakeEhr beta = FakeEhr.named("beta").withPatient("b1", "Hill", "Ada", "1948-03-21");

    @Test
    void asksBothEhrsAndStatesThatTheMatchesAreAmbiguous() throws Exception {
        try (var hub = hub()) {
            var answer = search(hub);

            assertThat(answer.get("sources").findValuesAsString("ehr")).containsExactly("alpha", "beta");
            assertThat(answer.get("items").findValuesAsString("patient"))
                    .containsExactly("alpha/Patient/a1", "beta/Patient/b1");
            assertThat(answer.get("complete").booleanValue()).isTrue();
            assertThat(answer.get("warnings").toString())
                    .contains("2 records match")
                    .contains("with name and birth date in common");
        }
    }

    @Test
    void givesTheOthersRowsWhenOneIsDown() throws Exception {
        try (var hub = hub()) {
            beta.down();

            assertPartial(search(hub));
        }
    }

    @Test
    void givesTheOthersRowsInTimeWhenOneHangs() throws Exception {
        try (var hub = TestHub.of(alpha.entry(), beta.entry()).within(SHORT).start()) {
            beta.hang();
            var start = System.nanoTime();

            assertPartial(search(hub));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plusSeconds(3));
        }
    }

    @Test
    void failsAsOneWhenNoEhrAnswers() throws Exception {
        try (var hub = hub()) {
            alpha.failing(ErrorCode.UNSUPPORTED, "It cannot search", "Ask another.");
            beta.down();

            var answer = hub.call("patient.search", "{'family':'Hill'}");

            assertThat(code(answer)).isEqualTo("EHR_UNAVAILABLE");
            assertThat(answer.text())
                    .contains("`alpha`: It cannot search. `beta`: The EHR could not be reached.")
                    .contains("\"retryable\":true");
        }
    }

    @Test
    void failsAsOneInTimeWhenAllHang() throws Exception {
        try (var hub = TestHub.of(alpha.entry(), beta.entry()).within(SHORT).start()) {
            alpha.hang();
            beta.hang();

            assertThat(code(hub.call("patient.search", "{'family':'Hill'}"))).isEqualTo("EHR_UNAVAILABLE");
        }
    }

    @Test
    void anEhrThatThrowsSpoilsNoOthersAnswer() throws Exception {
        try (var hub = hub()) {
            beta.throwsText("Ada Hill");

            var answer = search(hub);

            assertThat(answer.get("items")).hasSize(1);
            assertThat(answer.get("sources").findValuesAsString("status")).containsExactly("ok", "INTERNAL");
        }
    }

    private TestHub hub() throws Exception {
        return TestHub.of(alpha.entry(), beta.entry()).start();
    }

    private static JsonNode search(TestHub hub) {
        var answer = hub.call("patient.search", "{'family':'Hill'}");
        assertThat(answer.failed()).as(answer.text()).isFalse();
        return answer.json();
    }

    private static void assertPartial(JsonNode answer) {
        assertThat(answer.get("items").findValuesAsString("patient")).containsExactly("alpha/Patient/a1");
        assertThat(answer.get("complete").booleanValue()).isFalse();
        assertThat(answer.has("cursor")).isFalse();
        var failed = answer.get("sources").get(1);
        assertThat(failed.get("ehr").stringValue()).isEqualTo("beta");
        assertThat(failed.get("status").stringValue()).isEqualTo("EHR_UNAVAILABLE");
        assertThat(failed.get("complete").booleanValue()).isFalse();
        assertThat(answer.get("warnings").toString()).contains("Rows of `beta` are missing");
    }
}
