package org.ehrhub.medplum.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.fhir.Operation;
import org.ehrhub.fhir.StoredQuery;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.stub.GraphQl;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pitfall 10, and operations and stored queries that read, on the stub or a live Medplum. */
@Tag("medplum")
class ReadOperationsIT {
    private static final String CHART =
            "query Chart($patient: ID!) { Patient(id: $patient) { id name { family } ObservationList(_reference: subject) { id } } }";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private final MedplumEhr ehr = TestSettings.of(medplum)
            .operations(new Operation("Patient/$everything", true))
            .graphql(new StoredQuery("chart", CHART))
            .ehr();
    private final String patient = medplum.clinic().patient("Chart", "Cleo");

    @AfterEach
    void close() {
        ehr.close();
        medplum.close();
    }

    @Test
    void everythingIsGivenRecordByRecord() {
        finding();

        assertThat(read(patient + "/$everything").items())
                .extracting(row -> row.resource().text())
                .anyMatch(text -> text.contains("\"resourceType\":\"Patient\""))
                .anyMatch(text -> text.contains("\"resourceType\":\"Observation\""))
                .hasSize(2);
    }

    @Test
    void everythingTakesOneTypeAlone() {
        finding();

        assertThat(read(patient + "/$everything?_type=Observation").items())
                .extracting(row -> row.resource().text())
                .anyMatch(text -> text.contains("\"resourceType\":\"Observation\""));
    }

    @Test
    void aStoredQueryAnswersOfItsPatient() {
        var page = read("$graphql/chart?patient=" + patient);

        assertThat(page.items()).singleElement().satisfies(row -> {
            assertThat(row.subject()).isEqualTo(MedplumEhr.ref(patient));
            assertThat(row.resource().text()).contains("Chart");
        });
        if (!medplum.isLive()) {
            assertThat(medplum.stub().graphQl().ran())
                    .extracting(GraphQl.Ran::mutation)
                    .containsExactly(false);
        }
    }

    private void finding() {
        medplum.create("""
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"}}""".formatted(patient));
    }

    private Page<FhirResource> read(String path) {
        return ehr.list(FhirTools.QUERY, new FhirQuery(MedplumEhr.NAME, path, null, null));
    }
}
