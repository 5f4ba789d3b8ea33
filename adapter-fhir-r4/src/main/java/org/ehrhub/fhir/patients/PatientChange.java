package org.ehrhub.fhir.patients;

import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Amendment;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.patients.PatientUpdate;
import org.hl7.fhir.r4.model.Patient;

/** {@code patient.update}: what is given, and nothing else. */
final class PatientChange implements Amendment.Change<PatientUpdate, Patient, org.ehrhub.tools.patients.Patient> {
    private final FhirServer server;

    PatientChange(FhirServer server) {
        this.server = server;
    }

    @Override
    public Class<Patient> type() {
        return Patient.class;
    }

    @Override
    public Amendment.Target target(PatientUpdate input) {
        return new Amendment.Target(input.patient(), "patient", input.version());
    }

    @Override
    public void make(PatientUpdate input, Patient held, CallContext call) {
        Links.mustBeCurrent(held);
        var demographics = new Demographics(held);
        demographics.name(input.family(), input.given());
        demographics.birthDate(input.birthDate());
        demographics.gender(input.gender());
        demographics.email(input.email());
        demographics.phone(input.phone());
        demographics.address(input.address());
        demographics.language(input.language());
        demographics.active(input.active());
    }

    @Override
    public org.ehrhub.tools.patients.Patient shown(Patient held) {
        return PatientRecords.patient(server.ehr(), server.base(), held).brief();
    }
}
