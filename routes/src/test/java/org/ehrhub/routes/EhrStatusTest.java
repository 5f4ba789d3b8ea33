package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.ehrhub.adapters.Health;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.CapturedLog;
import org.ehrhub.routes.fakes.ScriptedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code ehr.list}. */
class EhrStatusTest {
    private final FakeEhr alpha = FakeEhr.named("alpha");
    private final FakeEhr beta = FakeEhr.named("beta");

    @Test
    void saysOfEachEhrWhetherItAnswers() throws Exception {
        beta.down();
        try (var hub = TestHub.of(alpha.entry(), beta.entry()).start()) {
            var answer = hub.call("ehr.list", "{}").json();

            assertThat(answer.get("items").findValuesAsString("health")).containsExactly("up", "down");
            assertThat(answer.get("items").findValuesAsString("type")).containsExactly("fake", "fake");
            assertThat(answer.get("items").get(0).has("problem")).isFalse();
            assertThat(answer.get("items").get(1).get("problem").stringValue()).isEqualTo("The EHR does not answer.");
            assertThat(answer.get("complete").booleanValue()).isTrue();
        }
    }

    @Test
    void aProbeThatHangsIsDown() throws Exception {
        var never = new CountDownLatch(1);
        var hung = new ScriptedEhr(alpha.handlers(), limit -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Health.Up();
        });
        try (var hub = TestHub.of(hung.entry("gamma"), beta.entry())
                .within(Duration.ofMillis(600))
                .start()) {
            var items = hub.call("ehr.list", "{}").json().get("items");

            assertThat(items.findValuesAsString("health")).containsExactly("down", "up");
            assertThat(items.get(0).get("problem").stringValue()).startsWith("It did not answer within");
        }
    }

    @Test
    void aProbeThatThrowsIsDownAndItsWordsAreKeptBack() throws Exception {
        var broken = new ScriptedEhr(alpha.handlers(), limit -> {
            throw new IllegalStateException("token=hunter2");
        });
        try (var hub = TestHub.of(broken.entry("gamma")).start();
                var log = new CapturedLog()) {
            var answer = hub.call("ehr.list", "{}");

            assertThat(answer.json().get("items").findValuesAsString("health")).containsExactly("down");
            assertThat(answer.text() + log.text()).doesNotContain("hunter2");
        }
    }

    @Test
    void showsOnlyToolsThatTheCallerMayUseWithTheirFeatures() throws Exception {
        var policy = new Policy(
                List.of(
                        new Grant("nurse", "alpha", true, Set.of("appointment.cancel")),
                        new Grant("doctor", "beta", true, Set.of())),
                Set.of());
        try (var hub = TestHub.of(alpha.entry(), beta.entry()).with(policy).start()) {
            var items = hub.call("ehr.list", "{}").json().get("items");

            assertThat(items.findValuesAsString("ehr")).containsExactly("alpha");
            var tools = items.get(0).get("tools");
            assertThat(tools.findValuesAsString("tool"))
                    .contains("patient.search", "appointment.cancel")
                    .doesNotContain("appointment.create");
            assertThat(features(tools, "patient.search")).containsExactly("SEARCH_BY_PHONE", "SEARCH_BY_IDENTIFIER");
            assertThat(features(tools, "appointment.cancel")).containsExactly("WRITE_KEY_STORED");
        }
    }

    private static List<String> features(JsonNode tools, String tool) {
        return tools.valueStream()
                .filter(row -> row.get("tool").stringValue().equals(tool))
                .flatMap(row -> row.get("features").valueStream())
                .map(JsonNode::stringValue)
                .toList();
    }
}
