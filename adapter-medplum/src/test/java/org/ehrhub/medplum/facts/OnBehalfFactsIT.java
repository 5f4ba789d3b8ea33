package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.medplum.live.MedplumHttp;
import org.ehrhub.medplum.live.Reply;
import org.ehrhub.medplum.stub.Client;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.medplum.stub.ModesBot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code X-Medplum-On-Behalf-Of}: the user's rights and name, and a 400 for every failure. */
class OnBehalfFactsIT {
    private static final String HEADER = "X-Medplum-On-Behalf-Of";
    private static final String PERSON = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Obo\"}]}";
    private static final String POLICY = """
            {"resourceType":"AccessPolicy","resource":[{"resourceType":"Patient"},
             {"resourceType":"Observation","readonly":true}]}""";

    private final MedplumStub stub = MedplumStub.start();
    private final MedplumHttp admin = as(stub.project().admin("Admin"));
    private final MedplumHttp plain = as(stub.client());
    private final String user = stub.user("Smith", POLICY);

    @AfterEach
    void close() {
        admin.close();
        plain.close();
        stub.close();
    }

    @Test
    void theAuthorStaysTheClientAndTheUserIsNamed() {
        var reply = admin.post("fhir/R4/Patient", PERSON, HEADER, user, "X-Medplum", "extended");

        var meta = reply.json().path("meta");
        assertThat(meta.path("author").path("reference").asString()).startsWith("ClientApplication/");
        assertThat(meta.path("onBehalfOf").path("reference").asString()).isEqualTo(user);
    }

    @Test
    void theUsersPolicyApplies() {
        var note = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}";

        assertThat(admin.post("fhir/R4/Observation", note).status()).isEqualTo(201);
        assertThat(admin.post("fhir/R4/Observation", note, HEADER, stub.membership(user))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void everyFailureIs400WithoutRateLimit() {
        assertFailed(plain.get("fhir/R4/Patient", HEADER, user), "Forbidden");
        assertFailed(admin.get("fhir/R4/Patient", HEADER, "Practitioner/nobody"), "Forbidden");
        assertFailed(admin.get("fhir/R4/Patient", HEADER, "garbage"), "Forbidden");
        assertFailed(admin.get("fhir/R4/Patient", HEADER, "ProjectMembership/nobody"), "Not found");
    }

    @Test
    void aBotSeesTheUserAsRequester() {
        var bot = stub.bots().add("modes", new ModesBot());
        var open = stub.user("Jones", null);

        var reply = admin.post("fhir/R4/Bot/" + bot + "/$execute", "{\"mode\":\"object\"}", HEADER, open);

        assertThat(reply.json().path("requester").path("reference").asString()).isEqualTo(open);
    }

    private MedplumHttp as(Client client) {
        return new MedplumHttp(stub.base(), client.id(), client.secret());
    }

    private static void assertFailed(Reply reply, String reason) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.issue()).isEqualTo("Authentication error");
        assertThat(reply.json().path("issue").path(0).path("diagnostics").asString())
                .isEqualTo("OperationOutcomeError: " + reason);
        assertThat(reply.all("RateLimit")).isEmpty();
    }
}
