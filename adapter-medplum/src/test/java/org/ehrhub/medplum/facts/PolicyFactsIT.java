package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.medplum.live.MedplumHttp;
import org.ehrhub.medplum.live.Reply;
import org.ehrhub.medplum.stub.Client;
import org.ehrhub.medplum.stub.MedplumStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a limited client sees: 404 where it may not look, 403 where it may not do, and changes that come to nothing. */
class PolicyFactsIT {
    private static final String POLICY = """
            {"resourceType":"AccessPolicy","resource":[
              {"resourceType":"Patient","criteria":"Patient?address-state=TX","hiddenFields":["birthDate"],
               "readonlyFields":["gender"]},
              {"resourceType":"Observation","readonly":true},
              {"resourceType":"Appointment","interaction":["create","read","search"]},
              {"resourceType":"Bot","readonly":true}]}""";
    private static final String PERSON = """
            {"resourceType":"Patient","name":[{"family":"Policy"}],"birthDate":"1980-02-29","address":[{"state":"%s"}]}""";

    private final MedplumStub stub = MedplumStub.start();
    private final MedplumHttp http = as(stub.project().limited("Limited", POLICY));
    private final String inside = stub.put(PERSON.formatted("TX"));
    private final String outside = stub.put(PERSON.formatted("CA"));

    @AfterEach
    void close() {
        http.close();
        stub.close();
    }

    @Test
    void outsideTheCriteriaARecordIsNotFound() {
        assertThat(http.get("fhir/R4/" + outside).status()).isEqualTo(404);
        assertThat(http.put("fhir/R4/" + outside, withId(outside, "CA")).status())
                .isEqualTo(404);
        assertThat(http.delete("fhir/R4/" + outside).status()).isEqualTo(404);
        assertThat(stub.stored(outside)).isPresent();
    }

    @Test
    void searchesAreSilentlyFiltered() {
        var bundle = http.get("fhir/R4/Patient?family=Policy&_total=accurate").json();

        assertThat(bundle.path("total").asInt()).isEqualTo(1);
        assertThat(bundle.path("entry").size()).isEqualTo(1);
        assertThat(bundle.path("issue").isMissingNode()).isTrue();
    }

    @Test
    void aCreateThatWouldFallOutsideIsForbiddenAndNotDone() {
        var refused = http.post("fhir/R4/Patient", PERSON.formatted("CA"));

        assertForbidden(refused);
        assertThat(stub.all("Patient")).hasSize(2);
    }

    @Test
    void changesOfReadonlyFieldsAreDroppedAndHiddenFieldsSurvive() {
        var body = withId(inside, "TX").replace("\"birthDate\":\"1980-02-29\"", "\"gender\":\"male\",\"active\":true");

        var reply = http.put("fhir/R4/" + inside, body);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().has("gender")).isFalse();
        assertThat(reply.json().has("birthDate")).isFalse();
        assertThat(reply.json().path("active").asBoolean()).isTrue();
        assertThat(stub.stored(inside).orElseThrow())
                .contains("\"birthDate\":\"1980-02-29\"")
                .doesNotContain("gender");
    }

    @Test
    void readonlyUnlistedAndUngrantedIs403WithoutAReason() {
        var appointment =
                "{\"resourceType\":\"Appointment\",\"status\":\"proposed\",\"participant\":[{\"status\":\"accepted\",\"actor\":{\"display\":\"Room\"}}]}";
        assertForbidden(http.post(
                "fhir/R4/Observation",
                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}"));
        assertForbidden(http.get("fhir/R4/Practitioner"));
        assertForbidden(http.get("fhir/R4/Practitioner/1"));
        var made = http.post("fhir/R4/Appointment", appointment);
        assertThat(made.status()).isEqualTo(201);
        assertForbidden(http.delete("fhir/R4/Appointment/" + made.id()));
        assertForbidden(http.get("fhir/R4/" + inside + "/$everything"));
    }

    @Test
    void smartScopesOfTheTokenCount() {
        var form = "grant_type=client_credentials&scope=system%2FPatient.rs&client_id="
                + stub.client().id() + "&client_secret=" + stub.client().secret();
        var token = http.send("POST", "oauth2/token", form, "Content-Type", "application/x-www-form-urlencoded")
                .json()
                .path("access_token")
                .asString();
        String[] headers = {"Authorization", "Bearer " + token, "Content-Type", "application/fhir+json"};

        assertThat(http.send("GET", "fhir/R4/" + inside, null, headers).status())
                .isEqualTo(200);
        assertForbidden(http.send("POST", "fhir/R4/Patient", PERSON.formatted("TX"), headers));
        assertForbidden(http.send("GET", "fhir/R4/Observation", null, headers));
    }

    private MedplumHttp as(Client client) {
        return new MedplumHttp(stub.base(), client.id(), client.secret());
    }

    private static String withId(String reference, String state) {
        var id = reference.substring(reference.indexOf('/') + 1);
        return PERSON.formatted(state).replaceFirst("\\{", "{\"id\":\"" + id + "\",");
    }

    private static void assertForbidden(Reply reply) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.id()).isEqualTo("forbidden");
        assertThat(reply.issue()).isEqualTo("Forbidden");
    }
}
