package org.ehrhub.testkit;

import static org.ehrhub.testkit.Samples.need;

import java.util.Map;
import java.util.function.Supplier;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.appointments.AppointmentGet;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.coverage.PriorAuthStatus;
import org.ehrhub.tools.documents.DocumentGet;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.hl7v2.Hl7Status;
import org.ehrhub.tools.hl7v2.Hl7Tools;
import org.ehrhub.tools.patients.PatientTools;
import org.ehrhub.tools.terminology.TerminologyLookup;
import org.ehrhub.tools.terminology.TerminologyTools;
import org.ehrhub.tools.terminology.TerminologyValidate;

/** Inputs of the tools that read, where they need more than a patient. */
record ReadSamples(Samples samples) {

    void addTo(Map<String, Supplier<Record>> made) {
        put(made, PatientTools.SEARCH, () -> samples.ehr().severalPatients());
        put(made, AppointmentTools.SLOT_SEARCH, () -> samples.ehr().freeTimes());
        put(made, AppointmentTools.GET, this::appointment);
        put(made, DocumentTools.GET, this::document);
        put(made, CoverageTools.PRIOR_AUTH_STATUS, this::priorAuth);
        put(made, TerminologyTools.LOOKUP, () -> new TerminologyLookup(name(), code()));
        put(made, TerminologyTools.VALIDATE, () -> new TerminologyValidate(name(), code(), null, null));
        put(
                made,
                FhirTools.QUERY,
                () -> new FhirQuery(
                        name(), "Observation?patient=" + samples.ehr().chart().id(), null, null));
        put(made, Hl7Tools.STATUS, this::message);
    }

    private static <I extends Record> void put(
            Map<String, Supplier<Record>> made, CanonicalTool<I, ?> tool, Supplier<I> input) {
        made.put(tool.name(), input::get);
    }

    private AppointmentGet appointment() {
        var listed = samples.row(AppointmentTools.LIST);
        return new AppointmentGet(need(
                        listed == null ? samples.written(AppointmentTools.CREATE) : listed,
                        "an appointment of the patient with the rich chart")
                .appointment());
    }

    private DocumentGet document() {
        var listed = need(samples.row(DocumentTools.SEARCH), "a document of the patient with the rich chart");
        return new DocumentGet(listed.ref(), null, null);
    }

    private PriorAuthStatus priorAuth() {
        var submitted = need(samples.written(CoverageTools.PRIOR_AUTH_SUBMIT), "an answered prior authorisation");
        return new PriorAuthStatus(need(submitted.ref(), "a payer's answer that the EHR keeps"));
    }

    private Hl7Status message() {
        return new Hl7Status(
                need(samples.written(Hl7Tools.SEND), "a message that was sent").message());
    }

    private String code() {
        return need(
                need(samples.row(ChartTools.LABS), "a laboratory result").code(), "a laboratory result with a code");
    }

    private String name() {
        return samples.ehr().name();
    }
}
