package org.ehrhub.sandbox.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.EnumSet;
import java.util.List;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class SearchPathTest {
    @Test
    void understandsEveryParameterOfTheTypesServed() {
        var left = EnumSet.of(RestSearchParameterTypeEnum.COMPOSITE, RestSearchParameterTypeEnum.SPECIAL);
        for (String type : List.of(
                "Patient",
                "Appointment",
                "Slot",
                "Schedule",
                "Observation",
                "Condition",
                "Task",
                "DiagnosticReport",
                "DocumentReference",
                "Coverage",
                "ClaimResponse",
                "QuestionnaireResponse")) {
            assertThat(FhirContext.forR4Cached().getResourceDefinition(type).getSearchParams())
                    .filteredOn(parameter -> !left.contains(parameter.getParamType()))
                    .allSatisfy(parameter ->
                            assertThat(SearchPath.of(parameter.getPath())).isPresent());
        }
    }

    @Test
    void followsATypeOfAChoice() {
        var observation = new Observation().setValue(new Quantity(7));
        assertThat(found("(Observation.value as Quantity)", observation)).hasSize(1);
        assertThat(found("Observation.value.as(string) | (Observation.value as CodeableConcept).text", observation))
                .isEmpty();
        observation.setValue(new CodeableConcept().setText("positive"));
        assertThat(found("(Observation.value as string) | (Observation.value as CodeableConcept).text", observation))
                .extracting(Base::primitiveValue)
                .containsExactly("positive");
    }

    @Test
    void followsTheTypeOfATargetAndTheSystemOfAContact() {
        var appointment = new Appointment();
        appointment.addParticipant().setActor(new Reference("Practitioner/1"));
        appointment.addParticipant().setActor(new Reference("Patient/2"));
        assertThat(found("Appointment.participant.actor.where(resolve() is Patient)", appointment))
                .hasSize(1);
        var patient = new Patient();
        patient.addTelecom().setSystem(ContactPointSystem.EMAIL).setValue("a@mail.example");
        assertThat(found("Patient.telecom.where(system='email')", patient)).hasSize(1);
        assertThat(found("Patient.telecom.where(system='phone')", patient)).isEmpty();
    }

    @Test
    void knowsWhoHasDied() {
        String deceased = "Patient.deceased.exists() and Patient.deceased != false";
        var dead = new Patient().setDeceased(new BooleanType(true));
        var alive = new Patient().setDeceased(new BooleanType(false));
        assertThat(found(deceased, dead)).extracting(Base::primitiveValue).containsExactly("true");
        assertThat(found(deceased, alive)).extracting(Base::primitiveValue).containsExactly("false");
        assertThat(found(deceased, new Patient()))
                .extracting(Base::primitiveValue)
                .containsExactly("false");
    }

    @Test
    void admitsWhatItDoesNotUnderstand() {
        assertThat(SearchPath.of("Patient.name.first()")).isEmpty();
        assertThat(SearchPath.of("Patient.name.where(use='official')")).isEmpty();
    }

    private static List<Base> found(String expression, Resource resource) {
        return SearchPath.of(expression).orElseThrow().from(resource);
    }
}
