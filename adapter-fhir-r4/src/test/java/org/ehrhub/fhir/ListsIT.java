package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentList;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of a server that pages, ignores and mixes in what it likes. */
class ListsIT {
    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void leavesOutAndCountsWhatTheServerShouldHaveFiltered() {
        ehr.server()
                .answers(request -> bundle("", 9, patient("p1", "Hill"), patient("p2", "Moor"), patient("p3", "Moor")));

        var page = search(5);

        assertThat(page.items()).extracting(row -> row.patient().id()).containsExactly("p1");
        assertThat(page.warnings())
                .containsExactly("The EHR ignored a filter: 2 rows that did not match were left out.");
        assertThat(page.complete()).isTrue();
        assertThat(page.total()).hasValue(1);
    }

    @Test
    void followsThePagesOfTheServerOnlyUnderItsBaseUrl() {
        ehr.server().answers(request -> bundle("https://elsewhere.example/fhir?page=2", 2, patient("p1", "Hill")));

        var page = search(5);

        assertThat(page.complete()).isFalse();
        assertThat(page.next()).isEmpty();
        assertThat(page.total()).isEmpty();
        assertThat(page.warnings()).singleElement().asString().contains("another address");
        assertThat(ehr.server().requests()).hasSize(1);
    }

    @Test
    void endsOnAServerWhosePagesDoNot() {
        var page = new AtomicInteger();
        ehr.server()
                .answers(request -> bundle(
                        ehr.server().url("/fhir?page=" + page.incrementAndGet()).toString(), 1, patient("p2", "Moor")));

        var found = search(5);

        assertThat(found.items()).isEmpty();
        assertThat(found.complete()).isFalse();
        assertThat(found.next()).isPresent();
        assertThat(ehr.server().requests()).hasSize(50);
    }

    @Test
    void endsOnAServerWhosePagesLeadInACircleAndSaysSo() {
        ehr.server()
                .answers(request -> bundle(
                        ehr.server()
                                .url(request.target().contains("page=1") ? "/fhir?page=2" : "/fhir?page=1")
                                .toString(),
                        1,
                        patient(request.target().contains("page=1") ? "p1" : "p2", "Hill")));

        var found = search(5);

        assertThat(found.items()).extracting(row -> row.patient().id()).containsExactly("p2", "p1");
        assertThat(found.next()).isEmpty();
        assertThat(found.truncated()).isTrue();
        assertThat(found.warnings()).containsExactly("The EHR's pages lead in a circle, so rows may be missing.");
        assertThat(ehr.server().requests()).hasSizeLessThan(8);
    }

    @Test
    void endsOnACircleThatIsReadOneRowAtATime() {
        ehr.server()
                .answers(request -> bundle(
                        ehr.server()
                                .url(request.target().contains("page=1") ? "/fhir?page=2" : "/fhir?page=1")
                                .toString(),
                        1,
                        patient("p1", "Hill")));
        var page = search(1);
        int calls = 1;
        for (; page.next().isPresent() && calls < 20; calls++) {
            ToolResult<Page<PatientMatch>> rest = ehr.call(
                    PatientTools.SEARCH, wanted(1), ScriptedEhr.context().at(page.nextOrNull()));
            page = value(rest);
        }

        assertThat(calls).isLessThan(10);
        assertThat(page.truncated()).isTrue();
    }

    @Test
    void showsARowOnceThatTwoPagesHold() {
        ehr.server()
                .answers(request -> request.target().contains("page=2")
                        ? bundle("", 3, patient("p2", "Hill"), patient("p3", "Hill"))
                        : bundle(
                                ehr.server().url("/fhir?page=2").toString(),
                                3,
                                patient("p1", "Hill"),
                                patient("p2", "Hill")));

        var page = search(5);

        assertThat(page.items()).extracting(row -> row.patient().id()).containsExactly("p1", "p2", "p3");
        assertThat(page.complete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 2_000_000_000})
    void survivesAWrongTotal(int total) {
        ehr.server()
                .answers(request -> linked(
                        link("self", ehr.server().url(request.target()).toString()),
                        total,
                        patient("p1", "Hill"),
                        patient("p2", "Hill"),
                        patient("p3", "Hill")));

        var page = search(5);

        assertThat(page.items()).hasSize(3);
        assertThat(page.total()).isEqualTo(total > 3 ? OptionalLong.of(total) : OptionalLong.of(3));
        assertThat(page.truncated()).isEqualTo(total > 3);
    }

    @Test
    void countsWhatTheServerRemarksWithoutRepeatingIt() {
        ehr.server().answers(request -> bundle("", 1, patient("p1", "Hill"), """
                        {"resourceType":"OperationOutcome","issue":[
                         {"severity":"warning","code":"processing","diagnostics":"Ada"},
                         {"severity":"information","code":"informational","diagnostics":"Ada"}]}"""));
        var remarked = search(5);
        ehr.server().answers(request -> bundle("", 0, """
                {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"forbidden","diagnostics":"Ada"}]}"""));
        var faulty = search(5);

        assertThat(remarked.items()).hasSize(1);
        assertThat(remarked.truncated()).isFalse();
        assertThat(remarked.warnings())
                .singleElement()
                .asString()
                .contains("1 remark")
                .doesNotContain("Ada");
        assertThat(faulty.truncated()).isTrue();
        assertThat(faulty.warnings())
                .singleElement()
                .asString()
                .contains("went wrong")
                .doesNotContain("Ada");
    }

    @Test
    void givesWhatItHasWhenALaterPageFails() {
        ehr.server()
                .answers(request -> request.target().contains("page=2")
                        ? new Answer(503, "")
                        : bundle(ehr.server().url("/fhir?page=2").toString(), 2, patient("p1", "Hill")));

        var page = search(5);

        assertThat(page.items()).hasSize(1);
        assertThat(page.next()).hasValueSatisfying(next -> assertThat(next).endsWith(":?page=2"));
    }

    @Test
    void goesOnInTheMiddleOfAPage() {
        ehr.server()
                .answers(request -> bundle("", 3, patient("p1", "Hill"), patient("p2", "Hill"), patient("p3", "Hill")));
        var ids = new ArrayList<String>();
        var page = search(2);
        page.items().forEach(row -> ids.add(row.patient().id()));

        ToolResult<Page<PatientMatch>> rest =
                ehr.call(PatientTools.SEARCH, wanted(2), ScriptedEhr.context().at(page.nextOrNull()));
        value(rest).items().forEach(row -> ids.add(row.patient().id()));

        assertThat(ids).containsExactly("p1", "p2", "p3");
        assertThat(value(rest).complete()).isTrue();
    }

    @Test
    void showsNobodyElsesAppointmentsAndNoneEnteredInError() {
        ehr.server()
                .answers(request -> bundle(
                        "",
                        3,
                        appointment("a1", "p1", "booked"),
                        appointment("a2", "p2", "booked"),
                        appointment("a3", "p1", "entered-in-error")));

        ToolResult<Page<Appointment>> listed = ehr.list(
                AppointmentTools.LIST,
                new AppointmentList(Reference.parse("alpha/Patient/p1"), null, null, null, null, null));

        assertThat(value(listed).items())
                .extracting(row -> row.appointment().id())
                .containsExactly("a1");
        assertThat(value(listed).warnings())
                .containsExactly(
                        "The EHR ignored a filter: 1 row that did not match was left out.",
                        "Left out: 1 row that was entered in error.");
    }

    @Test
    void sendsAPhoneNumberOnlyWhenNothingElseNarrows() {
        ehr.server().answers(request -> bundle("", 0));

        ehr.list(PatientTools.SEARCH, new PatientSearch(null, "Hill", null, null, null, null, "5550100", null, null));
        ToolResult<Page<PatientMatch>> byPhone = ehr.list(
                PatientTools.SEARCH, new PatientSearch(null, null, null, null, null, null, "5550100", null, null));

        assertThat(ehr.server().requests())
                .extracting(Request::target)
                .satisfiesExactly(
                        target -> assertThat(target).doesNotContain("phone"),
                        target -> assertThat(target).contains("phone=5550100"));
        assertThat(value(byPhone).complete()).isFalse();
        assertThat(value(byPhone).warnings()).singleElement().asString().contains("phone numbers as they are written");
    }

    private Page<PatientMatch> search(int limit) {
        ToolResult<Page<PatientMatch>> found = ehr.list(PatientTools.SEARCH, wanted(limit));
        return value(found);
    }

    private static PatientSearch wanted(int limit) {
        return new PatientSearch(null, "Hill", null, null, null, null, null, null, limit);
    }

    private static <T extends Record> Page<T> value(ToolResult<Page<T>> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<Page<T>>) result).value();
    }

    private static String patient(String id, String family) {
        return """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}]}""".formatted(id, family);
    }

    private static String appointment(String id, String patient, String status) {
        return """
                {"resourceType":"Appointment","id":"%s","status":"%s",
                 "participant":[{"actor":{"reference":"Patient/%s"},"status":"accepted"}]}""".formatted(id, status, patient);
    }

    private static Answer bundle(String next, int total, String... resources) {
        return linked(next.isEmpty() ? "" : link("next", next), total, resources);
    }

    private static String link(String relation, String url) {
        return "{\"relation\":\"%s\",\"url\":\"%s\"}".formatted(relation, url);
    }

    private static Answer linked(String links, int total, String... resources) {
        var entries =
                List.of(resources).stream().map("{\"resource\":%s}"::formatted).toList();
        return new Answer(
                200,
                "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":%d,\"link\":[%s],\"entry\":[%s]}"
                        .formatted(total, links, String.join(",", entries)));
    }
}
