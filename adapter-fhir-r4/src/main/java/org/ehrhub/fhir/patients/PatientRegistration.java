package org.ehrhub.fhir.patients;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    private final Form form;
    private final Creation<PatientCreate, Patient, org.ehrhub.tools.patients.Patient> creation;

    PatientRegistration(FhirServer server) {
        this.server = server;
        this.duplicates = new Duplicates(server);
        this.form = new Form();
        this.creation = new Creation<>(server, form);
    }

    @Override
    public ToolResult<org.ehrhub.tools.patients.Patient> handle(PatientCreate input, CallContext call) {
        form.draft(input, call); // what cannot be written is refused before anybody is looked for
        var passedOver = duplicates.mustBeNone(input, call);
        try {
            return warned(creation.handle(input, call), passedOver);
        } catch (EhrFailure e) {
            throw e.code() == ErrorCode.CONFLICT ? Duplicates.refused() : e;
        }
    }

    @Override
    public Optional<org.ehrhub.tools.patients.Patient> reconcile(PatientCreate input, String key, CallContext call) {
        return creation.reconcile(input, key, call);
    }

    @Override
    public Optional<String> currentVersion(PatientCreate input, CallContext call) {
        return creation.currentVersion(input, call);
    }

    private static ToolResult<org.ehrhub.tools.patients.Patient> warned(
            ToolResult<org.ehrhub.tools.patients.Patient> done, List<String> more) {
        return done instanceof ToolResult.Ok<org.ehrhub.tools.patients.Patient>(var patient, var from, var said)
                ? new ToolResult.Ok<>(
                        patient,
                        from,
                        Stream.concat(more.stream(), said.stream()).toList())
                : done;
    }

    private final class Form implements Creation.Form<PatientCreate, Patient, org.ehrhub.tools.patients.Patient> {
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
            return patient;
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
