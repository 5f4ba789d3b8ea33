package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.documents.DocumentGet;
import org.ehrhub.tools.documents.DocumentText;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pitfall 14: answers carry secrets, and addresses that are as good as one. */
@Tag("medplum")
class SecretsIT {
    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private final MedplumEhr ehr = TestSettings.of(medplum).ehr();
    private final String patient = medplum.clinic().patient("Paper", "Pat");
    private final String document = document();

    @AfterEach
    void close() {
        ehr.close();
        medplum.close();
    }

    @Test
    void aDocumentIsFetchedAsTheBinaryThatItIs() {
        DocumentText text = ehr.<DocumentGet, DocumentText>done(
                        DocumentTools.GET, new DocumentGet(MedplumEhr.ref(document), null, null))
                .value();

        assertThat(text.text()).isEqualTo("A synthetic letter.");
        if (medplum.isLive()) {
            return; // what it is asked it does not tell
        }
        assertThat(medplum.stub().heard())
                .noneMatch(heard -> heard.asked().path().startsWith("/storage"))
                .anyMatch(heard -> heard.asked().path().startsWith("/fhir/R4/Binary/"));
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

        assertThat(medplum.stub().heard("GET /auth/me")).isNotEmpty();
        assertThat(ehr.adapter().handlers().withheld().toString()).doesNotContain(medplum.clientSecret());
    }

    private String document() {
        var binary = "Binary/"
                + medplum.http()
                        .post("fhir/R4/Binary", "A synthetic letter.", "Content-Type", "text/plain")
                        .id();
        return medplum.create("""
                {"resourceType":"DocumentReference","status":"current","subject":{"reference":"%s"},
                 "content":[{"attachment":{"contentType":"text/plain","url":"%s","title":"letter.txt"}}]}""".formatted(patient, binary));
    }
}
