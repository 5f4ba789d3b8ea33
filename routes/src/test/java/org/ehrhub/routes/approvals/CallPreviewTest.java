package org.ehrhub.routes.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.Condition;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.routes.json.CanonicalJson;
import org.ehrhub.routes.json.Seals;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.fhir.FhirWrite;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a person is shown before they approve, and what the agent is told of it. */
class CallPreviewTest {
    private static final Caller ANN =
            new Caller("ann", Set.of("nurse"), "https://login.example", "desk", Set.of(), Set.of(), "TREAT");

    private final FakeEhr alpha = FakeEhr.named("alpha")
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withAppointment("a1", OffsetDateTime.parse("2026-03-02T09:00:00-05:00"));

    private String shown = "";
    private String told = "";

    private void ask(Set<FieldGroup> fields, String tool, String arguments) throws Exception {
        var tools = Set.of("patient.update", "appointment.cancel", "patient.get", "appointment.list");
        var when = new Condition(Set.of("nurse"), Set.of("alpha"), List.of());
        var grant = new Grant(1, when, tools, List.of(), fields, false, Set.of(), ApprovalNeed.PERSON);
        try (var hub = TestHub.of(alpha.entry())
                .with(new Policy(List.of(grant), Set.of()))
                .start()) {
            var answer = hub.call(ANN, tool, arguments);
            var held = hub.approvals().find(hub.approvals().onlyWaiting()).orElseThrow();
            shown = String.join("\n", Preview.of(held.question().preview()).lines());
            told = texts(answer.json().get("error").get("approval").get("preview"));
        }
    }

    private static String texts(JsonNode lines) {
        return String.join("\n", lines.valueStream().map(JsonNode::stringValue).toList());
    }

    @Test
    void saysWhatWhoWhoseAndWhatChangesFromWhatToWhat() throws Exception {
        ask(
                Set.of(FieldGroup.values()),
                "patient.update",
                "{'patient':'alpha/Patient/a1','phone':'+1 555 0199','family':'Grant','email':'a@example.org',"
                        + "'address':{'lines':['2 High Street'],'city':'Troy'}}");

        assertThat(shown.lines())
                .contains(
                        "  Action: Change a patient's demographics (patient.update)",
                        "  In the EHR: alpha",
                        "  Person or account: ann",
                        "  Vouched for by: https://login.example",
                        "  Program: desk",
                        "  Roles: nurse",
                        "  Purpose of use: TREAT",
                        "  Name: Ada Hill",
                        "  Born: 1948-03-21",
                        "  Record number: urn:example:mrn|MRN-a1",
                        "  Chart: alpha/Patient/a1",
                        "  Phone: +1 555 0199  (now: +1 555 0100)",
                        "  Family: Grant  (now: Hill)",
                        "  Email: a@example.org  (now: nothing)",
                        "  Address, as it is now: 1 High Street, Springfield",
                        "  Address, City: Troy");
        assertThat(told).contains("Name: Ada Hill", "Phone: +1 555 0199  (now: +1 555 0100)");
    }

    @Test
    void theAgentIsToldNoMoreOfTheChartThanItMaySee() throws Exception {
        ask(
                Set.of(FieldGroup.DEMOGRAPHICS),
                "patient.update",
                "{'patient':'alpha/Patient/a1','phone':'+1 555 0199','family':'Grant'}");

        assertThat(shown).contains("+1 555 0100", "MRN-a1");
        assertThat(told)
                .contains("Name: Ada Hill", "Phone: +1 555 0199", "Family: Grant  (now: Hill)", "Policy keeps from you")
                .doesNotContain("+1 555 0100", "MRN-a1");
        ask(Set.of(FieldGroup.CLINICAL), "patient.update", "{'patient':'alpha/Patient/a1','phone':'+1 555 0199'}");
        assertThat(told).doesNotContain("Ada", "Hill", "1948", "MRN", "0100");
    }

    @Test
    void anAppointmentIsShownWithWhoseItIs() throws Exception {
        alpha.withAppointment("a1", OffsetDateTime.parse("2026-03-03T09:00:00-05:00"));
        var id = "appt-1";
        try (var hub = TestHub.of(alpha.entry()).start()) {
            id = hub.call("appointment.list", "{'patient':'alpha/Patient/a1'}")
                    .json()
                    .get("items")
                    .get(0)
                    .get("appointment")
                    .stringValue();
        }
        ask(Set.of(FieldGroup.values()), "appointment.cancel", "{'appointment':'" + id + "','reason':'Away'}");

        assertThat(shown)
                .contains("THE APPOINTMENT NOW", "Status: booked", "With: Dr Grace Hill")
                .contains("Name: Ada Hill", "Chart: alpha/Patient/a1", "Reason: Away");
        assertThat(told).as("the call does not name whose it is").doesNotContain("Dr Grace Hill", "Ada", "a1", "1948");
    }

    @Test
    void nothingThatWouldBeWrittenIsHiddenOrMadeToLookLikeALineOfTheHubs() {
        var text = "Call her\\n  Name: Somebody Else\u202e\u200b" + "x".repeat(5000);
        var resource =
                new FhirJson("{\"resourceType\":\"Task\",\"note\":[{\"text\":\"" + text + "\"},{}],\"a\\nb\":1.50}");
        var input = new FhirWrite("alpha", "create", "Task", null, null, resource, null, null, "key", null);
        var json = new CanonicalJson(new Seals(new byte[32]));

        var changes = Changes.of(json, input, new ChartFacts(null, null, null, "", List.of()));

        var lines = new Preview(List.of(new Preview.Part("What", changes.lines()))).lines();
        var all = String.join("\n", lines);
        assertThat(all)
                .contains("Resource, Note 1, Text: Call her\n    |   Name: Somebody Else[U+202E][U+200B]"
                        + "x".repeat(5000))
                .contains("  Resource, Note 2: none", "1.50", "  Operation: create")
                .doesNotContain("key");
        assertThat(all.lines()).noneMatch(line -> line.startsWith("  Name:") || line.startsWith("b"));
        assertThat(changes.hides()).isTrue();
    }

    @Test
    void anInvisibleCharacterIsAnotherCall() {
        var json = new CanonicalJson(new Seals(new byte[32]));
        var plain = new FhirWrite(
                "alpha", "create", "Task", null, null, new FhirJson("{\"a\":\"b\"}"), null, null, null, null);
        var other = new FhirWrite(
                "alpha", "create", "Task", null, null, new FhirJson("{\"a\":\"b\u200b\"}"), null, null, null, null);

        assertThat(json.plain(plain)).isNotEqualTo(json.plain(other));
    }

    @Test
    void aPatientWhoCannotBeReadIsSaidSo() throws Exception {
        ask(Set.of(FieldGroup.values()), "appointment.cancel", "{'appointment':'alpha/Appointment/none'}");

        assertThat(shown).contains("The call names no patient", "look at the chart there before you decide");
    }

    @Test
    void whatCannotBeSeenIsSpelledOut() {
        for (var c : new int[] {
            0, 7, 0x1b, 0x7f, 0x85, 0xad, 0x200b, 0x200e, 0x202e, 0x2028, 0x2066, 0x3164, 0xfe0f, 0xfeff, 0xe0041,
            0xe0100, 0xf8ff, 0xd800
        }) {
            var text = "a" + new StringBuilder().appendCodePoint(c) + "b";
            assertThat(VisibleText.of(text)).isEqualTo("a[U+%04X]b".formatted(c));
            assertThat(VisibleText.hides(text)).isTrue();
        }
        for (var text : List.of("Żółć 王小明 Müller", "a\nb", "a\r\nb", "👩 é e\u0301", "[U+202E]")) {
            assertThat(VisibleText.hides(text)).as(text).isFalse();
        }
        assertThat(Arrays.asList(VisibleText.of("a\tb"))).containsExactly("a[U+0009]b");
    }

    @Test
    void longTextIsCutForTheAgentAndNotForThePerson() {
        var text = "long ".repeat(1000);
        var preview = new Preview(List.of(new Preview.Part("What", List.of(new Preview.Line("Text", text, "was")))));

        assertThat(Preview.of(preview.kept())).isEqualTo(preview);
        assertThat(preview.lines().getLast()).contains(text);
        assertThat(preview.brief().getFirst()).hasSizeLessThan(400).contains("(5000 characters in all)");
    }
}
