package org.ehrhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.SearchStyleEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchIT {
    private static Sandbox sandbox;
    private static IGenericClient stmarys;
    private static IGenericClient lakeside;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(0, Client.MONDAY);
        stmarys = Client.of(sandbox, "stmarys");
        lakeside = Client.of(sandbox, "lakeside");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void readsAPatientAtBothSitesWithItsVersion() {
        Patient one = stmarys.read().resource(Patient.class).withId("sm-1001").execute();
        Patient other =
                lakeside.read().resource(Patient.class).withId("lk-1001").execute();

        assertThat(one.getMeta().getVersionId()).isEqualTo("1");
        assertThat(one.getBirthDateElement().getValueAsString()).isEqualTo("1984-03-12");
        assertThat(one.getIdentifier().get(1).getValue())
                .isEqualTo(other.getIdentifier().get(1).getValue());
        assertThat(one.getTelecomFirstRep().getValue())
                .isNotEqualTo(other.getTelecomFirstRep().getValue());
    }

    @Test
    void answersNotModifiedToTheCurrentVersion() throws Exception {
        assertThat(Client.get(sandbox, "stmarys", "/Patient/sm-1001", "If-None-Match", "W/\"1\"")
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void findsSeveralPeopleOfOneFamilyAtBothSites() {
        assertThat(ids(search(stmarys, "Patient?family=okafor"))).containsExactly("sm-1001", "sm-1002", "sm-1003");
        assertThat(ids(search(lakeside, "Patient?family=Okafor&given=amara"))).containsExactly("lk-1001", "lk-1002");
    }

    @Test
    void comparesStringsWithoutCaseAndAccentsUnlessExact() {
        assertThat(search(stmarys, "Patient?family=LUKASIK&_count=0").getTotal())
                .isZero();
        assertThat(search(stmarys, "Patient?family=garcia&given=maria").getTotal())
                .isGreaterThanOrEqualTo(2);
        assertThat(search(stmarys, "Patient?family:exact=garcia").getTotal()).isZero();
        assertThat(search(stmarys, "Patient?name:contains=kafo").getTotal()).isEqualTo(3);
    }

    @Test
    void findsTokensBySystemOrWithoutAndNegated() {
        assertThat(ids(search(stmarys, "Patient?identifier=https%3A%2F%2Fstmarys.example%2Fmrn%7CSM100000")))
                .containsExactly("sm-1001");
        assertThat(search(stmarys, "Patient?identifier=https%3A%2F%2Fother.example%7CSM100000")
                        .getTotal())
                .isZero();
        int women = search(stmarys, "Patient?gender=female").getTotal();
        int others = search(stmarys, "Patient?gender:not=female").getTotal();
        assertThat(women).isPositive();
        assertThat(women + others).isEqualTo(240);
        assertThat(search(stmarys, "Patient?gender=male,female,unknown").getTotal())
                .isEqualTo(240);
    }

    @Test
    void comparesDatesWithTheirPrecision() {
        assertThat(ids(search(stmarys, "Patient?family=okafor&birthdate=1984"))).containsExactly("sm-1001");
        assertThat(ids(search(stmarys, "Patient?family=okafor&birthdate=1984-03-12")))
                .containsExactly("sm-1001");
        assertThat(ids(search(stmarys, "Patient?family=okafor&birthdate=gt1984-03-12")))
                .containsExactly("sm-1003");
        assertThat(ids(search(stmarys, "Patient?family=okafor&birthdate=ge1984-03&birthdate=lt1990")))
                .containsExactly("sm-1001");
        assertThat(ids(search(stmarys, "Patient?family=okafor&birthdate=ne1984-03-12")))
                .containsExactly("sm-1002", "sm-1003");
    }

    @Test
    void findsByReferenceWithAndWithoutItsType() {
        int bare = search(stmarys, "Observation?patient=sm-1001").getTotal();
        assertThat(bare).isEqualTo(35);
        assertThat(search(stmarys, "Observation?subject=Patient%2Fsm-1001").getTotal())
                .isEqualTo(bare);
        assertThat(search(stmarys, "Observation?subject:Patient=sm-1001").getTotal())
                .isEqualTo(bare);
        assertThat(search(stmarys, "Observation?subject=Group%2Fsm-1001").getTotal())
                .isZero();
        assertThat(search(stmarys, "Observation?patient=sm-1001&category=laboratory")
                        .getTotal())
                .isEqualTo(30);
    }

    @Test
    void searchesByFormAsByAddress() {
        Bundle found = stmarys.search()
                .forResource(Patient.class)
                .where(Patient.FAMILY.matches().value("Łukasik"))
                .usingStyle(SearchStyleEnum.POST)
                .returnBundle(Bundle.class)
                .execute();
        assertThat(found.getTotal()).isPositive();
    }

    @Test
    void sortsByDateInBothDirections() {
        List<String> ascending = dates(search(lakeside, "Observation?patient=lk-1001&_sort=date&_count=100"));
        assertThat(ascending).isSorted();
        assertThat(dates(search(lakeside, "Observation?patient=lk-1001&_sort=-date&_count=100")))
                .isEqualTo(ascending.reversed());
    }

    @Test
    void sortsByTheGreatestOfSeveralValuesWhenDescending() {
        assertThat(ids(search(lakeside, "Patient?_id=lk-1004,lk-1008&_sort=-given")))
                .containsExactly("lk-1008", "lk-1004");
    }

    @Test
    void pagesInFivesWhateverTheClientAsksAndLinksTheRest() {
        var ids = new ArrayList<String>();
        Bundle page = search(stmarys, "Patient?gender=female&_count=50");
        int total = page.getTotal();
        while (page.getLink(Bundle.LINK_NEXT) != null) {
            assertThat(page.getEntry()).hasSize(5);
            ids.addAll(ids(page));
            page = stmarys.loadPage().next(page).execute();
        }
        ids.addAll(ids(page));
        assertThat(ids).hasSize(total).doesNotHaveDuplicates();
    }

    @Test
    void includesWhatAReferenceParameterPointsAt() {
        Bundle slots = search(stmarys, "Slot?status=free&_include=Slot:schedule");
        assertThat(types(slots)).containsExactly("Slot", "Slot", "Slot", "Slot", "Slot", "Schedule");
        Bundle appointments =
                search(stmarys, "Appointment?patient=sm-1001&_include=Appointment:patient&_include=Appointment:actor");
        assertThat(types(appointments)).contains("Patient", "Practitioner", "Location");
        assertThat(appointments.getEntry().getLast().getSearch().getMode()).isEqualTo(Bundle.SearchEntryMode.INCLUDE);
        assertThat(types(search(stmarys, "Patient?_id=sm-1001&_revinclude=Coverage:patient")))
                .containsExactly("Patient", "Coverage");
    }

    @Test
    void answersTheSearchesOfUsCore() {
        String patient = "?patient=sm-1002&";
        assertThat(types(search(stmarys, "Observation" + patient + "category=laboratory&date=ge2026-02-20")))
                .containsExactly("Observation");
        assertThat(search(stmarys, "Observation" + patient + "code=http%3A%2F%2Floinc.org%7C2345-7")
                        .getTotal())
                .isPositive();
        assertThat(search(stmarys, "Condition?patient=sm-1001&category=encounter-diagnosis&clinical-status=resolved")
                        .getTotal())
                .isEqualTo(1);
        assertThat(search(stmarys, "MedicationRequest" + patient + "intent=plan&status=active")
                        .getTotal())
                .isEqualTo(1);
        assertThat(search(stmarys, "ServiceRequest" + patient + "status=draft&category=3457005")
                        .getTotal())
                .isEqualTo(1);
        assertThat(search(stmarys, "Task?patient=sm-1002&owner=sm-dr-6&status=requested")
                        .getTotal())
                .isEqualTo(1);
        String one = "?patient=sm-1001&";
        assertThat(search(stmarys, "DiagnosticReport" + one + "category=LAB&date=gt2020")
                        .getTotal())
                .isEqualTo(3);
        assertThat(search(stmarys, "DocumentReference" + one + "category=clinical-note&type=11488-4&date=gt2020")
                        .getTotal())
                .isEqualTo(1);
        assertThat(search(stmarys, "CarePlan" + patient + "category=assess-plan")
                        .getTotal())
                .isEqualTo(1);
        assertThat(search(stmarys, "Coverage?beneficiary=Patient%2Fsm-1001").getTotal())
                .isEqualTo(1);
        assertThat(search(stmarys, "Encounter" + one + "date=gt2020").getTotal())
                .isPositive();
    }

    @Test
    void findsWhatHappenedInAPartOfAPeriodOrAMonth() {
        String month = "Observation?patient=sm-1002&date=";
        assertThat(ids(search(stmarys, month + "2024-03"))).contains("sm-1002-odd-month");
        assertThat(ids(search(stmarys, month + "2024-03-15"))).doesNotContain("sm-1002-odd-month");
        assertThat(search(stmarys, "Patient?_lastUpdated=lt2026-03-01").getTotal())
                .isZero();
        assertThat(search(stmarys, "Patient?_lastUpdated=ge2026-03-02&_summary=count")
                        .getTotal())
                .isEqualTo(240);
    }

    @Test
    void includesMedicationsThatRequestsReferTo() {
        assertThat(types(search(stmarys, "MedicationRequest?patient=sm-1002&_include=MedicationRequest:medication")))
                .contains("MedicationRequest", "Medication");
    }

    @Test
    void answersABinaryAsItsOwnTypeOrAsAResource() throws Exception {
        var raw = Client.get(sandbox, "stmarys", "/Binary/sm-1001-bin-3", "Accept", "*/*");
        assertThat(raw.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(raw.body()).startsWith("%PDF-").contains("(Dear colleague,) Tj");
        assertThat(Client.get(sandbox, "stmarys", "/Binary/sm-1001-bin-3", "Accept", "application/fhir+json")
                        .body())
                .contains("\"resourceType\":\"Binary\"");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        Client.refused(400, () -> search(stmarys, "Patient?favourite-colour=red"));
        Client.refused(400, () -> search(stmarys, "Patient?family:soundex=a"));
        Client.refused(400, () -> search(stmarys, "Patient?birthdate=yesterday"));
        Client.refused(400, () -> search(stmarys, "Patient?general-practitioner.name=a"));
        Client.refused(400, () -> search(stmarys, "Patient?family="));
        Client.refused(400, () -> search(stmarys, "Patient?_count=-1"));
        Client.refused(404, () -> search(stmarys, "Spaceship?family=a"));
    }

    @Test
    void ignoresTheBirthDateAtLakesideWithoutSayingSo() {
        Bundle found = search(lakeside, "Patient?family=okafor&birthdate=1901-01-01");
        assertThat(found.getTotal()).isEqualTo(4);
        assertThat(found.getLink(Bundle.LINK_SELF).getUrl())
                .contains("family=okafor")
                .doesNotContain("birthdate");
    }

    private static Bundle search(IGenericClient client, String url) {
        return client.search().byUrl(url).returnBundle(Bundle.class).execute();
    }

    private static List<String> ids(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(entry -> entry.getResource().getIdPart())
                .toList();
    }

    private static List<String> types(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .map(Resource::fhirType)
                .toList();
    }

    private static List<String> dates(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(entry -> ((org.hl7.fhir.r4.model.Observation) entry.getResource())
                        .getEffectiveDateTimeType()
                        .getValueAsString())
                .map(text -> java.time.OffsetDateTime.parse(text).toInstant().toString())
                .toList();
    }
}
