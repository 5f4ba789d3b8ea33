package org.ehrhub.fhir.patients;

import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Codes;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientCreate;
import org.hl7.fhir.r4.model.Patient;

/** {@code patient.create}: registers somebody who is not there yet. */
final class PatientRegistration implements WriteHandler<PatientCreate, org.ehrhub.tools.patients.Patient> {
    private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";

    private final FhirServer server;
    private final Duplicates duplicates;

    PatientRegistration(FhirServer server) {
        this.server = server;
        this.duplicates = new Duplicates(server);
    }

    @Override
    public ToolResult<org.ehrhub.tools.patients.Patient> handle(PatientCreate input, CallContext call) {
        try {
            return creation().handle(input, call);
        } catch (EhrFailure e) {
            throw e.code() == ErrorCode.CONFLICT ? Duplicates.refused() : e;
        }
    }

    @Override
    public Optional<org.ehrhub.tools.patients.Patient> reconcile(PatientCreate input, String key, CallContext call) {
        return creation().reconcile(input, key, call);
    }

    @Override
    public Optional<String> currentVersion(PatientCreate input, CallContext call) {
        return creation().currentVersion(input, call);
    }

    private Creation<PatientCreate, Patient, org.ehrhub.tools.patients.Patient> creation() {
        return new Creation<>(server, new Form());
    }

    /** Of one call: it knows whom the call passed over. */
    private final class Form implements Creation.Form<PatientCreate, Patient, org.ehrhub.tools.patients.Patient> {
        private List<String> warnings = List.of();

        @Override
        public Class<Patient> type() {
            return Patient.class;
        }

        @Override
        public Patient draft(PatientCreate input, CallContext call) {
            var patient = new Patient();
            var demographics = new Demographics(patient);
            demographics.active(true);
            demographics.name(input.family(), input.given());
            demographics.birthDate(input.birthDate());
            demographics.gender(input.gender());
            demographics.email(input.email());
            demographics.phone(input.phone());
            demographics.address(input.address());
            demographics.language(input.language());
            if (input.mrn() != null) {
                number(patient, input.mrn());
            }
            warnings = duplicates.mustBeNone(input, call);
            return patient;
        }

        @Override
        public List<String> warnings(Patient held) {
            return warnings;
        }

        @Override
        public boolean fits(PatientCreate input, Patient held) {
            return Duplicates.isNamesake(held, input.family(), input.birthDate());
        }

        @Override
        public org.ehrhub.tools.patients.Patient shown(Patient held) {
            return PatientRecords.patient(server.ehr(), server.base(), held).brief();
        }
    }

    private static void number(Patient patient, String mrn) {
        int bar = mrn.indexOf('|');
        if (bar < 0 || mrn.indexOf(':') < 1 || mrn.indexOf(':') > bar || mrn.endsWith("|")) {
            throw Refusal.invalid(
                    "mrn", "must say who gave the number.", "Write system|value, the system a URI of this EHR.");
        }
        patient.addIdentifier()
                .setSystem(mrn.substring(0, bar))
                .setValue(mrn.substring(bar + 1))
                .setType(Codes.of(IDENTIFIER_TYPES, "MR", "Medical record number"));
    }
}
