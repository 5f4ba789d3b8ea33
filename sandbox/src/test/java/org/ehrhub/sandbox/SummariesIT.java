package org.ehrhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SummariesIT {
    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(0, Client.MONDAY);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void pagesThroughEverythingOfOnePerson() throws Exception {
        var first = bundle("stmarys", "/Patient/sm-1001/$everything?_count=40");
        assertThat(first.getEntry()).hasSize(40);
        var client = Client.of(sandbox, "stmarys");
        var rest = client.loadPage().next(first).execute();
        var all = Stream.concat(first.getEntry().stream(), rest.getEntry().stream())
                .map(Bundle.BundleEntryComponent::getResource)
                .toList();
        assertThat(rest.getLink(Bundle.LINK_NEXT)).isNull();
        assertThat(all)
                .hasSize(first.getTotal())
                .extracting(Resource::getIdPart)
                .doesNotHaveDuplicates();
        assertThat(all.getFirst().getIdPart()).isEqualTo("sm-1001");
        assertThat(all).extracting(Resource::fhirType).contains("Observation", "Coverage", "Practitioner");
        assertThat(all.stream().filter(Patient.class::isInstance)).hasSize(1);
    }

    @Test
    void narrowsEverythingToTypes() throws Exception {
        assertThat(bundle("stmarys", "/Patient/sm-1001/$everything?_type=Coverage,Encounter")
                        .getEntry())
                .extracting(entry -> entry.getResource().fhirType())
                .containsOnly("Coverage", "Encounter");
        assertThat(Client.get(sandbox, "stmarys", "/Patient/sm-1001/$everything?start=2026")
                        .statusCode())
                .isEqualTo(400);
        assertThat(Client.get(sandbox, "stmarys", "/Patient/nobody/$everything").statusCode())
                .isEqualTo(404);
    }

    @Test
    void writesAnInternationalPatientSummary() throws Exception {
        var document = bundle("lakeside", "/Patient/lk-1002/$summary");
        assertThat(document.getType()).isEqualTo(Bundle.BundleType.DOCUMENT);
        var composition = (Composition) document.getEntryFirstRep().getResource();
        assertThat(composition.getType().getCodingFirstRep().getCode()).isEqualTo("60591-5");
        assertThat(composition.getSection())
                .extracting(section -> section.getCode().getCodingFirstRep().getCode())
                .containsExactly("11450-4", "48765-2", "10160-0", "30954-2");
        assertThat(composition.getSection().stream()
                        .flatMap(section -> section.getEntry().stream())
                        .map(Reference::getReference))
                .isNotEmpty()
                .allMatch(target -> document.getEntry().stream()
                        .anyMatch(entry -> entry.getFullUrl().equals(sandbox.baseUrl("lakeside") + "/" + target)));
        assertThat(document.getEntryFirstRep().getFullUrl()).startsWith(sandbox.baseUrl("lakeside") + "/Composition/");
        assertThat(composition.getSection()).allMatch(section -> section.hasEntry() != section.hasEmptyReason());
    }

    @Test
    void makesNoOtherSummary() throws Exception {
        assertThat(Client.get(sandbox, "lakeside", "/Patient/lk-1002/$summary?profile=https://other.example")
                        .statusCode())
                .isEqualTo(400);
    }

    private static Bundle bundle(String site, String relative) throws Exception {
        var answer = Client.get(sandbox, site, relative);
        assertThat(answer.statusCode()).isEqualTo(200);
        return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, answer.body());
    }
}
