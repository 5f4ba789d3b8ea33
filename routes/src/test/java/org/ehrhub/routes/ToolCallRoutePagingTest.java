package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.routes.fakes.ScriptedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists that are longer than one answer. */
class ToolCallRoutePagingTest {
    /** Random numbers of people with names of random length, page sizes and answer sizes: read to the end, each row comes once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void readsOnWithoutLossOrDuplicatesUntilComplete(long seed) throws Exception {
        var random = new Random(seed);
        var expected = new ArrayList<String>();
        var alpha = people("alpha", random, expected);
        var beta = people("beta", random, expected);
        var limits = new Limits(Duration.ofSeconds(20), 64, 0, 2500 + random.nextInt(6000));
        try (var hub = TestHub.of(alpha.entry(), beta.entry()).with(limits).start()) {
            var seen = new ArrayList<String>();
            var cursor = "";
            var limit = 1 + random.nextInt(40);
            JsonNode answer;
            do {
                var told = hub.call("patient.search", "{'family':'Hill','limit':%d%s}".formatted(limit, cursor));
                answer = told.json();
                assertThat(told.failed()).as(told.text()).isFalse();
                assertThat(told.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(limits.answerBytes());
                assertThat(answer.get("returned").intValue())
                        .isEqualTo(answer.get("items").size())
                        .isPositive();
                seen.addAll(answer.get("items").findValuesAsString("patient"));
                cursor = ",'cursor':'" + answer.path("cursor").asString("") + "'";
                assertThat(seen.size()).as("rows so far").isLessThanOrEqualTo(expected.size());
                assertThat(answer.has("cursor"))
                        .isNotEqualTo(answer.get("complete").booleanValue());
            } while (answer.has("cursor"));

            assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void anAnswerOverSixteenKilobytesIsCut() throws Exception {
        var alpha = FakeEhr.named("alpha");
        for (var i = 0; i < 100; i++) {
            alpha.withPatient("p" + i, "Hill", "Ada".repeat(30), "1948-03-21");
        }
        try (var hub = TestHub.of(alpha.entry()).start()) {
            var answer = hub.call("patient.search", "{'family':'Hill','limit':100}");

            assertThat(answer.text().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(14 * 1024, 16 * 1024);
            assertThat(answer.json().get("complete").booleanValue()).isFalse();
            assertThat(answer.json().get("cursor").stringValue()).isNotEmpty();
        }
    }

    @Test
    void anEhrThatFailedOnTheFirstPageIsAskedAgainAndNeverForgotten() throws Exception {
        var alpha = FakeEhr.named("alpha")
                .withPatient("a1", "Hill", "Ada", "1948-03-21")
                .withPatient("a2", "Hill", "Eve", "1950-01-01");
        var beta = FakeEhr.named("beta").withPatient("b1", "Hill", "Bob", "1949-01-01");
        try (var hub = TestHub.of(alpha.entry(), beta.entry()).start()) {
            beta.down();
            var first = page(hub, "");
            var second = page(hub, first.get("cursor").stringValue());

            assertThat(second.get("sources").findValuesAsString("ehr")).containsExactly("alpha", "beta");
            assertThat(second.get("complete").booleanValue()).isFalse();

            beta.recover();
            var better = page(hub, first.get("cursor").stringValue());
            assertThat(better.get("items").findValuesAsString("patient"))
                    .containsExactly("alpha/Patient/a2", "beta/Patient/b1");
            assertThat(better.get("complete").booleanValue()).isTrue();
        }
    }

    @Test
    void anEhrThatFailsInTheMiddleCanBeResumed() throws Exception {
        var alpha = FakeEhr.named("alpha")
                .withPatient("a1", "Hill", "Ada", "1948-03-21")
                .withPatient("a2", "Hill", "Eve", "1950-01-01");
        var beta = FakeEhr.named("beta")
                .withPatient("b1", "Hill", "Bob", "1949-01-01")
                .withPatient("b2", "Hill", "Bea", "1949-01-02");
        try (var hub = TestHub.of(alpha.entry(), beta.entry()).start()) {
            var first = page(hub, "");
            beta.down();
            var second = page(hub, first.get("cursor").stringValue());
            assertThat(second.get("items").findValuesAsString("patient")).containsExactly("alpha/Patient/a2");
            beta.recover();
            var third = page(hub, second.get("cursor").stringValue());

            assertThat(third.get("items").findValuesAsString("patient")).containsExactly("beta/Patient/b2");
            assertThat(third.get("complete").booleanValue()).isTrue();
        }
    }

    @Test
    void rowsOfAnotherPatientAreDroppedAndCounted() throws Exception {
        var alpha = FakeEhr.named("alpha")
                .withPatient("a1", "Hill", "Ada", "1948-03-21")
                .withPatient("a2", "Grove", "Eve", "1950-01-01")
                .withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 3);
        try (var hub = TestHub.of(alpha.entry()).start()) {
            for (var slot : hub.slots("alpha")) {
                var patient = alpha.calls("appointment.create") == 0 ? "a1" : "a2";
                hub.call(
                        "appointment.create", "{'patient':'alpha/Patient/%s','slotRef':'%s'}".formatted(patient, slot));
            }
            alpha.ignoresFilters();

            var answer = hub.call("appointment.list", "{'patient':'alpha/Patient/a1'}");

            assertThat(answer.json().get("returned").intValue()).isOne();
            assertThat(answer.text()).doesNotContain("Grove").contains("2 rows of other patients were left out");
            assertThat(answer.json().get("sources").get(0).has("total")).isFalse();
        }
    }

    @Test
    void aListThatGoesOnWhereNoCursorCanLeadSaysSo() throws Exception {
        var endless = new ScriptedEhr(ToolHandlers.builder()
                .onList(
                        PatientTools.SEARCH,
                        (input, call) -> new ToolResult.Ok<>(
                                new Page<>(List.of(), null, "x".repeat(5000), List.of()),
                                new Provenance("alpha", Instant.EPOCH, null),
                                List.of("It was slow")))
                .build());
        try (var hub = TestHub.of(endless.entry("alpha")).start()) {
            var answer = hub.call("patient.search", "{'family':'Hill'}").json();

            assertThat(answer.has("cursor")).isFalse();
            assertThat(answer.get("complete").booleanValue()).isFalse();
            assertThat(answer.get("warnings").toString())
                    .contains("narrow the call")
                    .contains("alpha: It was slow");
        }
    }

    private static JsonNode page(TestHub hub, String cursor) {
        var arguments = cursor.isEmpty() ? "" : ",'cursor':'" + cursor + "'";
        return hub.call("patient.search", "{'family':'Hill','limit':1" + arguments + "}")
                .json();
    }

    private static FakeEhr people(String name, Random random, List<String> expected) {
        var ehr = FakeEhr.named(name);
        var count = 10 + random.nextInt(60);
        for (var i = 0; i < count; i++) {
            ehr.withPatient("p" + i, "Hill", "é".repeat(1 + random.nextInt(200)), "1948-03-21");
            expected.add(name + "/Patient/p" + i);
        }
        ehr.withPatient("last", "Hill", "Zoe", "1950-01-01");
        expected.add(name + "/Patient/last");
        return ehr;
    }
}
