package org.ehrhub.testehr.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The test EHR does what the FHIR adapter relies on (FHIR R4, RESTful API). */
@ExtendWith(HapiJpaServer.class)
class TestEhrIT {
    private static final String NUMBERS = "urn:example:mrn";

    private final Wire ehr;
    /** Only this test's people carry it. */
    private final String mark = UUID.randomUUID().toString();

    TestEhrIT(URI base) {
        ehr = new Wire(base);
    }

    @AfterEach
    void disconnect() {
        ehr.close();
    }

    @Test
    void describesItselfAsFhirR4() throws Exception {
        CapabilityStatement metadata = ehr.read(CapabilityStatement.class, ehr.get("metadata"));

        assertThat(metadata.getFhirVersion().toCode()).isEqualTo("4.0.1");
        assertThat(metadata.getRestFirstRep().getResource())
                .extracting(resource -> resource.getType())
                .contains("Patient", "Appointment", "Slot", "Schedule");
    }

    @Test
    void readsWhatWasCreated() throws Exception {
        Patient created = create(person("1948-03-21"));

        Patient read = ehr.read(Patient.class, ehr.get("Patient/" + created.getIdPart()));

        assertThat(read.equalsDeep(created)).isTrue();
        assertThat(read.getBirthDateElement().getValueAsString()).isEqualTo("1948-03-21");
    }

    @Test
    void searchesByNameBirthDateAndIdentifier() throws Exception {
        String id = create(person("1950-01-02")).getIdPart();
        create(person("1951-01-02").setIdentifier(List.of()));

        assertThat(ids("Patient?family=" + mark)).hasSize(2).contains(id);
        assertThat(ids("Patient?family=" + mark + "&birthdate=1950-01-02")).containsExactly(id);
        assertThat(ids("Patient?identifier=" + NUMBERS + "%7C" + mark)).containsExactly(id);
        assertThat(ids("Patient?family=" + mark + "&birthdate=1960-01-02")).isEmpty();
    }

    @Test
    void seesAWriteInTheVeryNextSearch() throws Exception {
        assertThat(ids("Patient?family=" + mark)).isEmpty();

        String id = create(person("1952-03-04")).getIdPart();

        assertThat(ids("Patient?family=" + mark)).containsExactly(id);
    }

    @Test
    void acceptsABareBarInAQuery() throws Exception {
        create(person("1953-04-05"));

        assertThat(ehr.answerToRawQuery("Patient?identifier=" + NUMBERS + "|" + mark))
                .startsWith("HTTP/1.1 200")
                .contains(mark);
    }

    @Test
    void resolvesReferencesInsideATransaction() throws Exception {
        String urn = "urn:uuid:" + UUID.randomUUID();
        Condition condition =
                new Condition().setSubject(new Reference(urn)).setCode(new CodeableConcept().setText("Asthma"));
        Bundle transaction = new Bundle().setType(BundleType.TRANSACTION);
        transaction
                .addEntry(entry(condition))
                .addEntry(entry(person("1970-05-06")).setFullUrl(urn));

        assertThat(ehr.post("", transaction).statusCode()).isEqualTo(200);

        String patient = ids("Patient?family=" + mark).getFirst();
        assertThat(ehr.search("Condition?subject=Patient/" + patient).getEntry())
                .singleElement()
                .satisfies(found -> assertThat(
                                ((Condition) found.getResource()).getSubject().getReference())
                        .isEqualTo("Patient/" + patient));
    }

    @Test
    void refusesAnUpdateOfAStaleVersion() throws Exception {
        Patient patient = create(person("1980-07-08"));
        String path = "Patient/" + patient.getIdPart();
        patient.setActive(false);

        assertThat(ehr.put(path, patient, "If-Match", "W/\"1\"").statusCode()).isEqualTo(200);

        patient.setActive(true);
        assertThat(ehr.put(path, patient, "If-Match", "W/\"1\"").statusCode()).isIn(409, 412);
        assertThat(ehr.read(Patient.class, ehr.get(path)).getActive()).isFalse();
    }

    @Test
    void createsOnceUnderACondition() throws Exception {
        String condition = "identifier=" + NUMBERS + "|" + mark;

        HttpResponse<String> first = ehr.post("Patient", person("1990-09-10"), "If-None-Exist", condition);
        HttpResponse<String> second = ehr.post("Patient", person("1990-09-10"), "If-None-Exist", condition);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(ids("Patient?family=" + mark)).hasSize(1);
    }

    @Test
    void saysThatADeletedResourceIsGone() throws Exception {
        String path = "Patient/" + create(person("2000-11-12")).getIdPart();

        assertThat(ehr.delete(path).statusCode()).isEqualTo(200);
        assertThat(ehr.get(path).statusCode()).isEqualTo(410);
        assertThat(ids("Patient?family=" + mark)).isEmpty();
    }

    private Patient person(String birthDate) {
        Patient patient = new Patient().setActive(true).setBirthDateElement(new DateType(birthDate));
        patient.addName().setFamily(mark).addGiven("Ada");
        patient.addIdentifier().setSystem(NUMBERS).setValue(mark);
        return patient;
    }

    private Patient create(Patient patient) throws IOException, InterruptedException {
        HttpResponse<String> answer = ehr.post("Patient", patient);
        assertThat(answer.statusCode()).isEqualTo(201);
        return ehr.read(Patient.class, answer);
    }

    private List<String> ids(String query) throws IOException, InterruptedException {
        return ehr.search(query).getEntry().stream()
                .map(entry -> entry.getResource().getIdPart())
                .toList();
    }

    private static BundleEntryComponent entry(Resource resource) {
        BundleEntryComponent entry = new BundleEntryComponent().setResource(resource);
        entry.getRequest().setMethod(HTTPVerb.POST).setUrl(resource.fhirType());
        return entry;
    }
}
