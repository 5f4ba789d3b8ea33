package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.UUID;
import org.ehrhub.medplum.live.MedplumHttp;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.live.Reply;
import org.ehrhub.medplum.stub.MedplumStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Searches: what a bundle leaves out, its links, its strictness. */
@Tag("medplum")
class SearchFactsIT {
    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private final String family = "F" + UUID.randomUUID().toString().replace("-", "");
    private String patient = "";

    @BeforeEach
    void people() {
        var clinic = medplum.clinic();
        patient = clinic.patient(family, "P1");
        clinic.patient(family, "P2");
        clinic.patient(family, "P3");
    }

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void noHitIsABundleWithNeitherEntryNorTotal() {
        var bundle = found("Patient?family=Nobody" + family).json();

        assertThat(bundle.propertyNames()).containsExactlyInAnyOrder("resourceType", "type", "link");
    }

    @Test
    void aTotalComesOnlyWhenAskedFor() {
        assertThat(found("Patient?family=" + family).json().has("total")).isFalse();
        assertThat(found("Patient?_total=accurate&family=" + family)
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(3);
        assertThat(found("Patient?_summary=count&family=" + family)
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void linksAreAbsoluteOnTheBaseUrl() {
        var bundle = found("Patient?_count=2&_elements=name&family=" + family).json();

        var next = link(bundle, "next");
        assertThat(next).matches("https?://.*/fhir/R4/Patient\\?_count=2&_fields=name&_offset=2&family=" + family);
        var second = found(next.substring(next.indexOf("Patient?"))).json();
        assertThat(second.path("entry").size()).isEqualTo(1);
        assertThat(link(second, "previous")).isNotEmpty();
        assertThat(link(second, "next")).isEmpty();
    }

    @Test
    void elementsAreThoseNamedAndNoMore() {
        var resource = found("Patient?_elements=birthDate&family=" + family)
                .json()
                .path("entry")
                .path(0)
                .path("resource");

        assertThat(resource.propertyNames()).containsExactlyInAnyOrder("resourceType", "id", "meta", "birthDate");
        assertThat(resource.path("meta").path("tag").path(0).path("code").asString())
                .isEqualTo("SUBSETTED");
    }

    @Test
    void unknownParametersAreRefusedEvenWhenAskedToBeLenient() {
        var refused = medplum.http().get("fhir/R4/Patient?shoe-size=44", "Prefer", "handling=lenient");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.issue()).isEqualTo("Unknown search parameter: shoe-size");
        assertThat(found("Patient?_sort=shoe-size").status()).isEqualTo(400);
        assertThat(found("Patientt").issue()).isEqualTo("Unknown resource type");
    }

    @Test
    void aLargeCountIsClampedAndALargeOffsetRefused() {
        assertThat(link(found("Patient?_count=1001").json(), "self")).contains("_count=1000");
        assertThat(found("Patient?_count=10&_offset=10001").issue())
                .isEqualTo("Search offset exceeds maximum (got 10001, max 10000)");
    }

    @Test
    void includesChainsCompartmentsAndPostedSearchesWork() {
        medplum.create("""
                {"resourceType":"Observation","status":"final","code":{"text":"note"},"subject":{"reference":"%s"}}""".formatted(patient));

        var included = found("Observation?_include=Observation:subject&subject=" + patient)
                .json();
        assertThat(included.path("entry").valueStream())
                .extracting(entry -> entry.path("search").path("mode").asString())
                .containsExactly("match", "include");
        assertThat(entries(found("Observation?subject:Patient.family=" + family)))
                .isEqualTo(1);
        assertThat(entries(found("Observation?_compartment=" + patient))).isEqualTo(1);
        var posted = medplum.http()
                .post(
                        "fhir/R4/Patient/_search",
                        "family=" + family,
                        "Content-Type",
                        "application/x-www-form-urlencoded");
        assertThat(entries(posted)).isEqualTo(3);
    }

    @Test
    void compartmentAddressesAndTypeHistoriesAreNotThere() {
        assertThat(found(patient + "/Observation").status()).isEqualTo(404);
        assertThat(found("Patient/_history").status()).isEqualTo(404);
        assertThat(medplum.http().get("fhir/R4").issue()).isEqualTo("No types specified");
        assertThat(entries(medplum.http().get("fhir/R4?_type=Patient,Practitioner&_count=2")))
                .isEqualTo(2);
    }

    @Test
    void linksOfAServerBehindAProxyLeadToItsPublicAddress() {
        medplum.stub();
        try (var stub = MedplumStub.publishedAs(URI.create("https://public.example/"))) {
            stub.clinic().patient(family, "P1");
            var http = new MedplumHttp(
                    stub.base(), stub.client().id(), stub.client().secret());

            var bundle = http.get("fhir/R4/Patient").json();

            assertThat(link(bundle, "self")).startsWith("https://public.example/fhir/R4/Patient?");
            http.close();
        }
    }

    private Reply found(String path) {
        return medplum.http().get("fhir/R4/" + path);
    }

    private static int entries(Reply reply) {
        return reply.json().path("entry").size();
    }

    private static String link(JsonNode bundle, String relation) {
        return bundle.path("link")
                .valueStream()
                .filter(link -> link.path("relation").asString().equals(relation))
                .map(link -> link.path("url").asString())
                .findFirst()
                .orElse("");
    }
}
