package org.ehrhub.server.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.sandbox.Sandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What ordinary answers cost a model, in bytes of {@code structuredContent}: with the ids of records as long as servers make
 * them (UUID), codes, units, whole timestamps and references all there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerSizeIT {
    private static final Pattern LOCATION = Pattern.compile("[A-Z][A-Za-z]+/([0-9a-f-]{36})");

    private Sandbox sandbox;
    private StubbedHub hub;
    private String patient;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        sandbox = Sandbox.start(0, Clock.systemUTC());
        hub = StubbedHub.of(folder, Map.of("stmarys", sandbox.baseUrl("stmarys").toString()));
        patient = person("Quill");
        person("Quill");
        person("Quill");
        for (int i = 0; i < 21; i++) {
            lab(i);
        }
        for (var name : new String[] {
            "Hydrochlorothiazide 25 MG Oral Tablet",
            "Simvastatin 10 MG Oral Tablet",
            "Metformin hydrochloride 500 MG Oral Tablet",
            "Clopidogrel 75 MG Oral Tablet"
        }) {
            medication(name);
        }
        for (int day = 2; day < 5; day++) {
            appointment(day);
        }
    }

    @AfterAll
    void stop() {
        hub.close();
        sandbox.close();
    }

    @Test
    void demographicsInFourHundredAndFiftyBytes() {
        assertThat(size("patient.get", "{'patient':'%s'}")).isLessThanOrEqualTo(450);
    }

    @Test
    void twentyNewestLabsInFourThousandFourHundredBytes() {
        var answer = hub.call("lab.list", "{'patient':'%s'}".formatted(patient));

        assertThat(answer.json().get("items")).hasSize(20);
        assertThat(answer.json().has("cursor")).isTrue();
        var row = answer.json().get("items").get(0);
        assertThat(row.propertyNames()).contains("ref", "code", "name", "value", "unit", "at");
        assertThat(row.get("ref").stringValue()).matches("stmarys/Observation/[0-9a-f-]{36}");
        assertThat(row.get("at").stringValue()).hasSize(25);
        assertThat(bytes(answer)).isLessThanOrEqualTo(4400);
    }

    @Test
    void fourActiveMedicationsInTwelveHundredBytes() {
        assertThat(size("medication.list", "{'patient':'%s'}")).isLessThanOrEqualTo(1200);
    }

    @Test
    void threeAppointmentsInEightHundredAndFiftyBytes() {
        assertThat(size("appointment.list", "{'patient':'%s'}")).isLessThanOrEqualTo(850);
    }

    @Test
    void threeSearchHitsInElevenHundredBytes() {
        var answer = hub.call("patient.search", "{'ehr':'stmarys','family':'Quill'}");

        assertThat(answer.json().get("items")).hasSize(3);
        assertThat(bytes(answer)).isLessThanOrEqualTo(1100);
    }

    private int size(String tool, String arguments) {
        var answer = hub.call(tool, arguments.formatted(patient));
        assertThat(answer.failed()).as(answer.text()).isFalse();
        return bytes(answer);
    }

    private static int bytes(ToolAnswer answer) {
        return answer.text().getBytes(StandardCharsets.UTF_8).length;
    }

    private String person(String family) throws Exception {
        return "stmarys/Patient/" + post("Patient", """
                {"resourceType":"Patient","active":true,
                 "identifier":[
                  {"system":"http://hospital.smarthealthit.example","value":"8b0484cd-3dbd-8b8d-1b72-a32f74a5a846",
                   "type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]}},
                  {"system":"http://hl7.org/fhir/sid/us-ssn","value":"999-00-0000"},
                  {"system":"urn:oid:2.16.840.1.113883.4.3.25","value":"S99900000"},
                  {"system":"http://example.org/passport","value":"X00000000X"}],
                 "name":[{"use":"official","family":"%s","given":["Marguerite","Ada"],"prefix":["Mrs."]}],
                 "telecom":[{"system":"phone","value":"555-010-6389","use":"home"}],
                 "gender":"female","birthDate":"1988-07-13",
                 "address":[{"line":["1057 Beatty Fort"],"city":"Chelsea","state":"MA","postalCode":"02150","country":"US"}],
                 "communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"en-US"}]}}]}""".formatted(family));
    }

    private void lab(int i) throws Exception {
        post("Observation", """
                {"resourceType":"Observation","status":"final",
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
                 "code":{"coding":[{"system":"http://loinc.org","code":"2339-0","display":"Glucose [Mass/volume] in Blood"}]},
                 "subject":{"reference":"Patient/%s"},"effectiveDateTime":"2025-%02d-06T09:24:15-04:00",
                 "valueQuantity":{"value":88.2%d,"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"}}""".formatted(id(), 1 + i % 12, i));
    }

    private void medication(String name) throws Exception {
        post("MedicationRequest", """
                {"resourceType":"MedicationRequest","status":"active","intent":"order",
                 "medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm",
                  "code":"310798","display":"%s"}]},
                 "subject":{"reference":"Patient/%s"},"authoredOn":"2025-02-06T09:24:15-04:00",
                 "dosageInstruction":[{"text":"Once daily"}]}""".formatted(name, id()));
    }

    private void appointment(int day) throws Exception {
        post("Appointment", """
                {"resourceType":"Appointment","status":"booked","start":"2026-03-0%dT09:00:00-05:00",
                 "end":"2026-03-0%dT09:30:00-05:00","participant":[
                  {"actor":{"reference":"Patient/%s"},"status":"accepted"},
                  {"actor":{"reference":"Practitioner/sm-dr-1","display":"Dr Grace Hill"},"status":"accepted"}]}""".formatted(day, day, id()));
    }

    private String id() {
        return patient.substring("stmarys/Patient/".length());
    }

    private String post(String type, String resource) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl("stmarys") + "/" + type))
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(resource))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            var location =
                    LOCATION.matcher(answer.headers().firstValue("Location").orElse(""));
            assertThat(location.find()).as(answer.body()).isTrue();
            return location.group(1);
        }
    }
}
