package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.live.Reply;
import org.ehrhub.medplum.stub.GraphQl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code $graphql}: reads, lists, partial errors, and mutations by the same POST. */
@Tag("medplum")
class GraphQlFactsIT {
    private final MedplumUnderTest medplum = MedplumUnderTest.open();

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void readsAndNestedListsAreAnswered() {
        var patient = medplum.clinic().patient("Graph", "Gil");
        medplum.create("""
                {"resourceType":"Observation","status":"final","code":{"text":"note"},"subject":{"reference":"%s"}}""".formatted(patient));
        var id = patient.substring(patient.indexOf('/') + 1);

        var reply = asked("query($id: ID!) { p: Patient(id: $id) { id name { family } "
                + "ObservationList(_reference: subject) { code { text } } } }\",\"variables\":{\"id\":\"" + id
                + "\"},\"x\":\"");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        var found = reply.json().path("data").path("p");
        assertThat(found.path("name").path(0).path("family").asString()).isEqualTo("Graph");
        assertThat(found.path("ObservationList")
                        .path(0)
                        .path("code")
                        .path("text")
                        .asString())
                .isEqualTo("note");
    }

    @Test
    void aMissingRecordIsAnErrorIn200() {
        var reply = asked("{ Patient(id: \\\"9fc4cc72-b584-4550-a09b-8d2392f3395d\\\") { id } }");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("errors").path(0).path("message").asString())
                .isEqualTo("Not found");
        assertThat(reply.json().path("data").path("Patient").isNull()).isTrue();
    }

    @Test
    void badDocumentsAre400() {
        assertThat(asked("{ Patient(").issue()).isEqualTo("GraphQL syntax error.");
        assertThat(asked("{ Patient(id: \\\"1\\\") { shoeSize } }").issue())
                .isEqualTo("Cannot query field \"shoeSize\" on type \"Patient\".");
    }

    @Test
    void aMutationChangesWhatIsStored() {
        var stub = medplum.stub();
        asked("{ PatientList(family: \\\"Gql\\\") { id } }");

        var reply = asked(
                "mutation { PatientCreate(res: { resourceType: \\\"Patient\\\", name: [{ family: \\\"Gql\\\" }] }) { id } }");

        var id = reply.json().path("data").path("PatientCreate").path("id").asString();
        assertThat(stub.stored("Patient/" + id)).isPresent();
        assertThat(stub.graphQl().ran()).extracting(GraphQl.Ran::mutation).containsExactly(false, true);
    }

    private Reply asked(String query) {
        return medplum.http()
                .post("fhir/R4/$graphql", "{\"query\":\"" + query + "\"}", "Content-Type", "application/json");
    }
}
