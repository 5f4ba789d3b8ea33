package org.ehrhub.server.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.server.adversarial.Clinic.Told;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people of several roles may try to see, over MCP and HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoleCasesIT {
    private static final String P1 = "{'patient':'a/Patient/p1'}";
    private static final String P2 = "{'patient':'a/Patient/p2'}";
    private static final String P3 = "{'patient':'a/Patient/p3'}";
    private static final String P9 = "{'patient':'a/Patient/p9'}";
    private static final String HILL = "{'ehr':'a','family':'NAMEMARK'}";
    private static final List<String> MARKS =
            List.of("HIVMARK", "PSYMARK", "CLOSEDMARK", "OTHERMARK", "REASONMARK", "NAMEMARK", "CONTACT", "Asthma");

    private Clinic clinic;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        clinic = new Clinic(folder);
    }

    @AfterAll
    void stop() {
        clinic.close();
    }

    @SuppressWarnings("MethodLength") // a list
    static Stream<Arguments> cases() {
        return Stream.of(
                // a front desk books and registers, and reads no chart
                of("front-desk", "patient.get", P1, "", "NAMEMARK", "CONTACT"),
                of("front-desk", "condition.list", P1, "DENIED"),
                of("front-desk", "document.search", P1, "DENIED"),
                of("front-desk", "patient.summary", P1, "DENIED"),
                of("front-desk", "fhir.query", query("DocumentReference?patient=p1"), "DENIED"),
                of("front-desk", "fhir.query", query("Condition/c1"), "DENIED"),
                of("front-desk", "search", "{'query':'NAMEMARK'}", "DENIED"),
                of("front-desk", "fetch", "{'id':'a/Patient/p1'}", "DENIED"),
                of("front-desk", "fetch", "{'id':'a/DocumentReference/d1'}", "DENIED"),
                of("front-desk", "appointment.list", P1, ""),
                of("front-desk", "note.draft", "{'patient':'a/Patient/p1','title':'x','text':'x'}", "DENIED"),
                of("front-desk", "patient.get", P2, "NOT_FOUND"),
                // billing looks people up by what it may not see, and still does not see it
                of("billing", "patient.search", HILL, ""),
                of("billing", "patient.get", P1, ""),
                of("billing", "condition.list", P1, "DENIED"),
                of("billing", "fhir.query", query("Patient/p1"), "DENIED"),
                // a nurse sees charts, and nothing sensitive
                of("nurse", "condition.list", P1, "", "Asthma", "1 row withheld: sensitive"),
                of("nurse", "condition.list", P2, "NOT_FOUND"),
                of("nurse", "condition.list", P9, "NOT_FOUND"),
                of("nurse", "patient.get", P2, "NOT_FOUND"),
                of("nurse", "patient.summary", P2, "NOT_FOUND"),
                of("nurse", "patient.search", "{'ehr':'a','family':'CLOSED'}", ""),
                of("nurse", "document.get", "{'document':'a/DocumentReference/d2'}", "NOT_FOUND"),
                of("nurse", "document.get", "{'document':'a/DocumentReference/d3'}", "NOT_FOUND"),
                of("nurse", "fetch", "{'id':'a/DocumentReference/d2'}", "NOT_FOUND"),
                of("nurse", "fetch", "{'id':'a/Patient/p2'}", "NOT_FOUND"),
                of("nurse", "search", "{'query':'CLOSED'}", ""),
                of("nurse", "note.draft", "{'patient':'a/Patient/p1','title':'x','text':'x'}", "DENIED"),
                // raw FHIR opens nothing either
                of("nurse", "fhir.query", query("Condition?patient=p1"), "", "Asthma"),
                of("nurse", "fhir.query", query("Condition?code=B20"), ""),
                of("nurse", "fhir.query", query("Condition/c2"), ""),
                of("nurse", "fhir.query", query("Condition/c3"), ""),
                of("nurse", "fhir.query", query("Patient/p2"), ""),
                of("nurse", "fhir.query", query("Patient?_has:Condition:patient:code=B20"), "INVALID_INPUT"),
                of("nurse", "fhir.query", query("Condition?patient=p1&_include=Condition:subject"), "INVALID_INPUT"),
                of("nurse", "fhir.query", query("Patient?_id=p1&_revinclude=Condition:subject"), "INVALID_INPUT"),
                of("nurse", "fhir.query", query("Condition?patient.name=CLOSED"), "INVALID_INPUT"),
                of("nurse", "fhir.query", query("Patient/p2/$everything"), "INVALID_INPUT"),
                of("nurse", "fhir.query", query("Condition?_security=HIV"), "INVALID_INPUT"),
                // a physician sees what rules name, and may break the glass
                of("physician", "document.get", "{'document':'a/DocumentReference/d2'}", "", "PSYMARK"),
                of("physician", "condition.list", P1, "", "Asthma", "1 row withheld: sensitive"),
                of("physician", "condition.list", P2, "DENIED", "break-glass"),
                of("physician", "lab.list", P2, "NOT_FOUND"),
                of("physician", "note.draft", "{'patient':'a/Patient/p2','title':'x','text':'x'}", "NOT_FOUND"),
                of("physician", "task.update", "{'task':'a/Task/t2','status':'completed'}", "NOT_FOUND"),
                of("physician", "appointment.cancel", "{'appointment':'a/Appointment/a2'}", "NOT_FOUND"),
                of("physician", "fhir.write", written("'subject':{'reference':'Patient/p2'}"), "NOT_FOUND"),
                of("physician", "fhir.write", written("'subject':{'identifier':{'value':'MRN2'}}"), "DENIED"),
                of("physician", "condition.list", "{'patient':'a/Patient/p2','reason':'emergency'}", "INVALID_INPUT"),
                of("physician", "condition.list", "{'patient':'a/Patient/p2','_meta':{}}", "INVALID_INPUT"),
                // a patient sees their own chart
                of("portal-p1", "patient.get", P1, "", "NAMEMARK", "CONTACT"),
                of("portal-p1", "condition.list", P1, "", "Asthma"),
                of("portal-p1", "patient.get", P3, "DENIED"),
                of("portal-p1", "condition.list", P2, "DENIED"),
                of("portal-p1", "patient.search", HILL, "", "NAMEMARK"),
                of("portal-p1", "fhir.query", query("Patient/p1"), "DENIED"),
                of("portal-p1", "document.get", "{'document':'a/DocumentReference/d3'}", "NOT_FOUND"),
                of("portal-nobody", "patient.get", P1, "DENIED"),
                of("portal-nobody", "patient.search", HILL, "DENIED"),
                of("stranger", "patient.get", P1, "DENIED"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("cases")
    void isRefusedOrShownWhatTheRoleMaySee(String role, String tool, String arguments, String code, Set<String> shown)
            throws Exception {
        var told = clinic.call(role, tool, arguments);

        assertThat(told.code()).as(told.text()).isEqualTo(code);
        shown.forEach(words -> assertThat(told.text()).contains(words));
        assertThat(told.text()).doesNotContain(hidden(role).toArray(String[]::new));
        if (!code.isEmpty()) {
            assertThat(told.text()).doesNotContain(MARKS.toArray(String[]::new));
        }
    }

    private static List<String> hidden(String role) {
        return switch (role) {
            case "front-desk" -> List.of("HIVMARK", "PSYMARK", "CLOSEDMARK", "REASONMARK", "Asthma");
            case "billing" ->
                List.of("HIVMARK", "PSYMARK", "CLOSEDMARK", "REASONMARK", "Asthma", "NAMEMARK", "CONTACT");
            case "nurse" -> List.of("HIVMARK", "PSYMARK", "CLOSEDMARK", "Patient/p2");
            case "physician" -> List.of("HIVMARK", "CLOSEDMARK");
            case "portal-p1" -> List.of("HIVMARK", "PSYMARK", "CLOSEDMARK", "OTHERMARK");
            default -> MARKS;
        };
    }

    @Test
    void aRestrictedChartAndNoneAreToldAlike() throws Exception {
        clinic.ehr().forget();
        for (var tool :
                List.of("patient.get", "condition.list", "patient.summary", "appointment.list", "document.search")) {
            var closed = withoutId(clinic.call("nurse", tool, P2));
            var asked = questions();
            assertThat(withoutId(clinic.call("nurse", tool, P9))).isEqualTo(closed);
            assertThat(questions())
                    .as("the same questions, so about the same time")
                    .isEqualTo(asked);
        }
        assertThat(withoutId(clinic.call("nurse", "document.get", "{'document':'a/DocumentReference/d2'}")))
                .isEqualTo(withoutId(clinic.call("nurse", "document.get", "{'document':'a/DocumentReference/d9'}")));
    }

    private List<String> questions() {
        var asked = clinic.ehr().targets().stream()
                .map(target -> target.replaceAll("p[29]", "p"))
                .toList();
        clinic.ehr().forget();
        return asked;
    }

    @Test
    void aSearchForOneThingSaysNoMoreWhenItIsThereAndSensitive() throws Exception {
        var there = clinic.call("nurse", "fhir.query", query("Condition?patient=p1&code=B20"));
        var notThere = clinic.call("nurse", "fhir.query", query("Condition?patient=p1&code=B99"));

        assertThat(there.text().replaceAll("\"asOf\":\"[^\"]*\"", "").replaceAll("1 row[^\"]*|\\d+ rows[^\"]*", ""))
                .doesNotContain("HIVMARK", "withheld: sensitive");
        assertThat(notThere.text()).doesNotContain("withheld: sensitive");
    }

    @Test
    void whatIsListedIsWhatCanBeCalled() throws Exception {
        for (var role : List.of("front-desk", "billing", "nurse", "portal-p1", "portal-nobody", "stranger")) {
            var listed = clinic.tools(role);
            for (var tool : ToolCatalog.canonical().tools()) {
                if (tool.risk() == Risk.READ && !listed.contains(tool.name())) {
                    var told = clinic.call(
                            role, tool.name(), tool.example().replaceAll("\"(stmarys|lab|clinic)(?=[/\"])", "\"a"));
                    assertThat(told.code()).as(role + " " + tool.name()).isIn("DENIED", "UNSUPPORTED");
                }
            }
        }
        assertThat(clinic.tools("portal-nobody")).isEmpty();
        assertThat(clinic.tools("front-desk")).doesNotContain("condition.list", "fhir.query", "search", "fetch");
    }

    @Test
    void aCursorOfAnotherRoleOpensNothing() throws Exception {
        var first = clinic.call("nurse", "fhir.query", "{'ehr':'a','path':'Condition?patient=p1','limit':1}");
        var cursor = StubbedHub.JSON.readTree(first.text()).path("cursor").asString("");

        assertThat(cursor).isNotEmpty();
        assertThat(clinic.call(
                                "physician",
                                "fhir.query",
                                "{'ehr':'a','path':'Condition?patient=p1','limit':1,'cursor':'" + cursor + "'}")
                        .code())
                .isEqualTo("INVALID_INPUT");
    }

    @Test
    void brokenGlassOpensOneChartForOneCallOfOnePerson() throws Exception {
        var meta = glass("p2", "BTG", Instant.now());

        var opened = clinic.call("physician", "condition.list", P2, meta);

        assertThat(opened.text()).contains("CLOSEDMARK", "break-glass").doesNotContain("collapsed", "OTHERMARK");
        assertThat(clinic.call("physician", "condition.list", P2).code()).isEqualTo("DENIED");
        assertThat(clinic.call("nurse", "condition.list", P2, meta).code()).isEqualTo("DENIED");
        assertThat(clinic.call("physician", "condition.list", P1, meta).code()).isEqualTo("INVALID_INPUT");
        assertThat(clinic.call("physician", "lab.list", P2, meta).code()).isEqualTo("DENIED");
        assertThat(clinic.call(
                                "physician",
                                "condition.list",
                                P2,
                                glass("p2", "BTG", Instant.now().minusSeconds(1000)))
                        .code())
                .isEqualTo("DENIED");
        assertThat(clinic.call("physician", "condition.list", P2, glass("p2", "HMARKT", Instant.now()))
                        .code())
                .isEqualTo("DENIED");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aStatementThatIsIncompleteOpensNothing(String said) throws Exception {
        var told = clinic.call("physician", "condition.list", P2, "{'org.ehrhub/break-glass':" + said + "}");

        assertThat(told.code()).as(told.text()).isEqualTo("INVALID_INPUT");
        assertThat(told.text()).contains("_meta.org.ehrhub/break-glass").doesNotContain("collapsed");
    }

    static Stream<String> malformed() {
        return Stream.of(
                "true",
                "'collapsed at home'",
                "{}",
                "{'patient':'a/Patient/p2','reason':'collapsed at home'}",
                "{'patient':'a/Patient/p2','at':'2026-03-02T09:00:00Z'}",
                "{'patient':'a/Patient/p2','reason':'short','at':'2026-03-02T09:00:00Z'}",
                "{'patient':'a/Practitioner/p2','reason':'collapsed at home','at':'2026-03-02T09:00:00Z'}",
                "{'patient':'a/Patient/p2','reason':'collapsed at home','at':'now'}",
                "{'patient':'a/Patient/p2','reason':'collapsed at home','at':'2026-03-02T09:00:00Z','purpose':'FUN'}",
                "{'patient':'a/Patient/p2','reason':'collapsed at home','at':'2026-03-02T09:00:00Z','all':true}",
                "{'patient':'a/Patient/p2','reason':'" + "collapsed ".repeat(60) + "','at':'2026-03-02T09:00:00Z'}");
    }

    static String glass(String patient, String purpose, Instant at) {
        return """
                {'org.ehrhub/break-glass':{'patient':'a/Patient/%s','reason':'collapsed at home, no history',\
                'purpose':'%s','at':'%s'}}""".formatted(patient, purpose, at);
    }

    private static Arguments of(String role, String tool, String arguments, String code, String... shown) {
        return Arguments.of(role, tool, arguments, code, Set.of(shown));
    }

    private static String query(String path) {
        return "{'ehr':'a','path':'" + path + "'}";
    }

    private static String written(String subject) {
        return "{'ehr':'a','operation':'create','type':'Observation',"
                + "'resource':{'resourceType':'Observation','status':'final'," + subject + "}}";
    }

    private static String withoutId(Told told) {
        return told.text().replaceAll("\"callId\":\"[^\"]*\"", "");
    }
}
