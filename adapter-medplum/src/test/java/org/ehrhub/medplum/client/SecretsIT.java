package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.live.MedplumHttp;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.documents.DocumentGet;
import org.ehrhub.tools.documents.DocumentText;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pitfall 14: answers carry secrets, and addresses that are as good as one. */
class SecretsIT {
    private final MedplumStub stub = MedplumStub.start();
    private final MedplumEhr ehr = MedplumEhr.as(stub.client(), stub.base());
    private final String patient = stub.clinic().patient("Paper", "Pat");
    private final String document = document();

    @AfterEach
    void close() {
        ehr.close();
        stub.close();
    }

    @Test
    void aDocumentIsFetchedAsTheBinaryThatItIs() {
        DocumentText text = ehr.<DocumentGet, DocumentText>done(
                        DocumentTools.GET, new DocumentGet(MedplumEhr.ref(document), null, null))
                .value();

        assertThat(text.text()).isEqualTo("A synthetic letter.");
        assertThat(stub.heard()).noneMatch(heard -> heard.asked().path().startsWith("/storage"));
        assertThat(stub.heard()).anyMatch(heard -> heard.asked().path().startsWith("/fhir/R4/Binary/"));
    }

    @Test
    void noSignedAddressIsShown() {
        Page<FhirResource> page = ehr.list(FhirTools.QUERY, new FhirQuery(MedplumEhr.NAME, document, null, null));

        assertThat(page.items()).singleElement().satisfies(row -> {
            assertThat(row.resource().text()).contains("\"url\":\"Binary/").doesNotContain("Signature");
        });
    }

    @Test
    void theClientsOwnSecretIsNotKept() {
        ehr.adapter().probe(Duration.ofSeconds(10));

        assertThat(stub.heard("GET /auth/me")).isNotEmpty();
        assertThat(ehr.adapter().handlers().withheld().toString())
                .doesNotContain(stub.client().secret());
    }

    private String document() {
        var http =
                new MedplumHttp(stub.base(), stub.client().id(), stub.client().secret());
        var binary = "Binary/"
                + http.post("fhir/R4/Binary", "A synthetic letter.", "Content-Type", "text/plain")
                        .id();
        http.close();
        return stub.put("""
                {"resourceType":"DocumentReference","status":"current","subject":{"reference":"%s"},
                 "content":[{"attachment":{"contentType":"text/plain","url":"%s","title":"letter.txt"}}]}""".formatted(patient, binary));
    }
}
