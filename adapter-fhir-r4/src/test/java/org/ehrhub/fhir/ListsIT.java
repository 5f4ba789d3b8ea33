package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
        ehr.server().answers(request -> bundle(ehr.server().url("/fhir?page=1").toString(), 1, patient("p2", "Moor")));

        var page = search(5);

        assertThat(page.items()).isEmpty();
        assertThat(page.complete()).isFalse();
        assertThat(ehr.server().requests()).hasSize(50);
    }

    @Test
    void givesWhatItHasWhenALaterPageFails() {
        ehr.server()
                .answers(request -> request.target().contains("page=2")
                        ? new Answer(503, "")
                        : bundle(ehr.server().url("/fhir?page=2").toString(), 2, patient("p1", "Hill")));

        var page = search(5);

        assertThat(page.items()).hasSize(1);
        assertThat(page.next()).hasValue("0:?page=2");
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
        var entries =
                List.of(resources).stream().map("{\"resource\":%s}"::formatted).toList();
        var link = next.isEmpty() ? "" : "\"link\":[{\"relation\":\"next\",\"url\":\"" + next + "\"}],";
        return new Answer(
                200,
                "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":%d,%s\"entry\":[%s]}"
                        .formatted(total, link, String.join(",", entries)));
    }
}
