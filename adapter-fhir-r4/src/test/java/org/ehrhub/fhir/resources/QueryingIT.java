package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent for a query, and what of the answer is given. */
class QueryingIT {
    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Location ! Location?_count=20",
                "Location?_count=5 ! Location?_count=5",
                "Observation?patient=123&code=http://loinc.org|4548-4 ! Observation?patient=Patient%2F123&code=http%3A%2F%2Floinc.org%7C4548-4&_count=20",
                "Observation?patient=alpha/Patient/123&code=loinc|4548-4,8480-6 ! Observation?patient=Patient%2F123&code=http%3A%2F%2Floinc.org%7C4548-4%2C8480-6&_count=20",
                "Observation?date=ge2026-01-01T00:00:00+01:00&date=lt2027&_sort=-date,code ! Observation?date=ge2026-01-01T00%3A00%3A00%2B01%3A00&date=lt2027&_sort=-date%2Ccode&_count=20",
                "Patient?name:exact=O%27Hara%20%26%20S%c3%b6hne ! Patient?name%3Aexact=O%27Hara%20%26%20S%C3%B6hne&_count=20",
                "Patient?name=%2525 ! Patient?name=%2525&_count=20",
                "Patient?name=a%5C%2Cb ! Patient?name=a%5C%2Cb&_count=20",
                "Task?status:not=completed&_lastUpdated=gt2026-01 ! Task?status%3Anot=completed&_lastUpdated=gt2026-01&_count=20",
                "QuestionnaireResponse?questionnaire=https://forms.example/intake ! QuestionnaireResponse?questionnaire=https%3A%2F%2Fforms.example%2Fintake&_count=20",
                "List?_id=l1 ! List?_id=l1&_count=20"
            })
    void sendsWhatWasAskedEncodedAnew(String path, String sent) {
        ehr.server().answers(request -> bundle());

        query(path, null);

        assertThat(ehr.server().requests()).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo("/fhir/" + sent);
            assertThat(request.method()).isEqualTo("GET");
        });
    }

    @Test
    void takesTheNumberOfRowsFromOneOfTwoPlaces() {
        ehr.server().answers(request -> bundle());

        query("Location", 7);
        query("Location?_count=7", 7);
        var refused = ehr.list(FhirTools.QUERY, new FhirQuery("alpha", "Location?_count=7", null, 8));

        assertThat(ehr.server().requests())
                .extracting(request -> request.target())
                .containsOnly("/fhir/Location?_count=7")
                .hasSize(2);
        assertThat(ScriptedEhr.code(refused)).isEqualTo(ErrorCode.INVALID_INPUT);
    }

    @Test
    void leavesOutRowsThatDoNotFitWhateverTheServerSays() {
        ehr.server()
                .answers(request -> bundle(
                        observation("o1", "p1", "4548-4", "2026-03-01", "final"),
                        observation("o2", "p2", "4548-4", "2026-03-01", "final"),
                        observation("o3", "p1", "8480-6", "2026-03-01", "final"),
                        observation("o4", "p1", "4548-4", "2024-03-01", "final"),
                        observation("o5", "p1", "4548-4", "2026-03-01", "entered-in-error"),
                        "{\"resourceType\":\"Patient\",\"id\":\"p9\"}"));

        var page = query("Observation?patient=p1&code=loinc|4548-4&date=ge2026", null);

        assertThat(page.items()).extracting(row -> String.valueOf(row.ref())).containsExactly("alpha/Observation/o1");
        assertThat(page.items().getFirst().subject()).isEqualTo(Reference.parse("alpha/Patient/p1"));
        assertThat(page.warnings())
                .containsExactly(
                        "The EHR ignored a filter: 3 rows that did not match were left out.",
                        "Left out: 1 row that was entered in error.");
    }

    @Test
    void givesARecordWithoutNarrativeTagsBytesAndAddresses() {
        ehr.server()
                .answers(request -> new Answer(200, """
                {"resourceType":"DocumentReference","id":"d1",
                 "meta":{"versionId":"4","tag":[{"code":"noise"}],"security":[{"code":"R"}]},
                 "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">told</div>"},
                 "contained":[{"resourceType":"Organization","id":"c1",
                   "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">told</div>"}}],
                 "status":"current","subject":{"reference":"%s/Patient/p1"},
                 "content":[{"attachment":{"contentType":"text/plain","data":"dG9sZA=="}},
                   {"attachment":{"url":"https://store.example/x?sig=s3cret","size":1234}},
                   {"attachment":{"url":"Binary/b1"}}]}""".formatted(ehr.server().url("/fhir"))));

        var page = query("DocumentReference/d1", null);

        assertThat(page.items()).singleElement().satisfies(row -> {
            assertThat(String.valueOf(row.ref())).isEqualTo("alpha/DocumentReference/d1");
            assertThat(row.version()).isEqualTo("4");
            assertThat(String.valueOf(row.subject())).isEqualTo("alpha/Patient/p1");
            assertThat(row.resource().text())
                    .contains("\"security\"", "\"reference\":\"Patient/p1\"", "Binary/b1", "1234", "contained")
                    .doesNotContain("told", "dG9sZA", "noise", "s3cret", "127.0.0.1", "\"text\"");
        });
        assertThat(page.warnings())
                .containsExactly("Left out: the content of 2 attachments; document.get gives a document's.");
    }

    @Test
    void keepsNumbersAndDatesAsTheyWereWritten() {
        ehr.server().answers(request -> new Answer(200, """
                {"resourceType":"Observation","id":"o1","status":"final","effectiveDateTime":"2026-03",
                 "valueQuantity":{"value":1.50,"unit":"mg"}}"""));

        assertThat(query("Observation/o1", null).items().getFirst().resource().text())
                .contains("1.50", "\"2026-03\"");
    }

    @Test
    void givesNoRecordThatIsAnotherOrWasEnteredInError() {
        ehr.server().answers(request -> new Answer(200, "{\"resourceType\":\"Patient\",\"id\":\"p2\"}"));
        assertThat(code("Patient/p1")).isEqualTo(ErrorCode.EHR_UNAVAILABLE);

        ehr.server().answers(request -> new Answer(200, observation("o1", "p1", "1", "2026", "entered-in-error")));
        assertThat(code("Observation/o1")).isEqualTo(ErrorCode.NOT_FOUND);

        ehr.server().answers(request -> new Answer(200, """
                {"resourceType":"Condition","id":"c1","verificationStatus":{"coding":[{"code":"entered-in-error"}]}}"""));
        assertThat(code("Condition/c1")).isEqualTo(ErrorCode.NOT_FOUND);

        ehr.server().answers(request -> new Answer(200, """
                {"resourceType":"Patient","id":"p1","modifierExtension":[{"url":"urn:x","valueBoolean":true}]}"""));
        assertThat(code("Patient/p1")).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void saysWhoseARecordIsOnlyWhenThereIsOnePatient() {
        ehr.server()
                .answers(request -> bundle(
                        appointment("a1", "Patient/p1", "Practitioner/d1"),
                        appointment("a2", "Patient/p1", "Patient/p2")));

        assertThat(query("Appointment", null).items())
                .extracting(row -> String.valueOf(row.subject()))
                .containsExactly("alpha/Patient/p1", "null");
    }

    private Page<FhirResource> query(String path, Integer limit) {
        ToolResult<Page<FhirResource>> found = ehr.list(FhirTools.QUERY, new FhirQuery("alpha", path, null, limit));
        assertThat(found).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<Page<FhirResource>>) found).value();
    }

    private ErrorCode code(String path) {
        return ScriptedEhr.code(ehr.list(FhirTools.QUERY, new FhirQuery("alpha", path, null, null)));
    }

    private static String observation(String id, String patient, String code, String date, String status) {
        return """
                {"resourceType":"Observation","id":"%s","status":"%s","subject":{"reference":"Patient/%s"},
                 "code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},"effectiveDateTime":"%s"}""".formatted(id, status, patient, code, date);
    }

    private static String appointment(String id, String one, String other) {
        return """
                {"resourceType":"Appointment","id":"%s","status":"booked","participant":[
                 {"actor":{"reference":"%s"},"status":"accepted"},{"actor":{"reference":"%s"},"status":"accepted"}]}""".formatted(id, one, other);
    }

    private static Answer bundle(String... resources) {
        var entries =
                List.of(resources).stream().map("{\"resource\":%s}"::formatted).toList();
        return new Answer(
                200,
                "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + String.join(",", entries) + "]}");
    }
}
