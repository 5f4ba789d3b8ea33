package org.ehrhub.fhir.appointments;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.fhir.client.Query;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.Verdict;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentGet;
import org.ehrhub.tools.appointments.AppointmentList;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;

/** {@code appointment.get} and {@code appointment.list} on one FHIR R4 server. */
public final class AppointmentReading {
    private final FhirServer server;
    private final ResultPages pages;
    private final AppointmentRecords records;

    /** The appointments of this server. */
    public AppointmentReading(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
        this.records = new AppointmentRecords(server);
    }

    /** Reads one appointment: one exchange. */
    public ToolResult<Appointment> get(AppointmentGet input, CallContext call) {
        var source = read(FhirId.of(input.appointment(), "appointment", server.ehr()), call);
        return new ToolResult.Ok<>(records.appointment(source), server.provenance(source));
    }

    /** Lists one patient's appointments; a row of anybody else never leaves. */
    public ToolResult<Page<Appointment>> list(AppointmentList input, CallContext call) {
        var id = FhirId.of(input.patient(), "patient", server.ehr());
        var url = SearchUrl.of("Appointment").written("patient", "Patient/" + id);
        if (input.from() != null) {
            url.time("date", "ge", input.from());
        }
        if (input.to() != null) {
            url.time("date", "lt", input.to());
        }
        if (input.status() != null) {
            url.text("status", input.status());
        }
        url.written("_sort", "date").written("_count", Integer.toString(input.rows()));
        var query = new Query<>(
                org.hl7.fhir.r4.model.Appointment.class,
                url,
                Query.named((row, included) -> verdict(row, input)),
                (row, included) -> records.row(row));
        return pages.read(query, input.rows(), call);
    }

    /**
     * An appointment that may be shown.
     *
     * @throws EhrFailure when it may not, or the hub cannot read it
     */
    public org.hl7.fhir.r4.model.Appointment read(String id, CallContext call) {
        var source = server.read(org.hl7.fhir.r4.model.Appointment.class, id, call);
        if (source.getStatus() == AppointmentStatus.ENTEREDINERROR) {
            throw new EhrFailure(
                    ErrorCode.NOT_FOUND,
                    "The EHR says that this appointment was entered in error.",
                    "List the patient's appointments again.");
        }
        if (Modifiers.unknownIn(source)) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The record carries a modifier that the hub does not know and that may change its meaning.",
                    "Look at this appointment in the EHR itself.");
        }
        if (!AppointmentRecords.isReadable(source.getStartElement(), source.getEndElement())) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The appointment has a time that the hub cannot read.",
                    "Look at this appointment in the EHR itself.");
        }
        return source;
    }

    private Verdict verdict(org.hl7.fhir.r4.model.Appointment row, AppointmentList wanted) {
        boolean ofPatient = AppointmentRecords.actors(row, "Patient")
                .anyMatch(actor -> wanted.patient().equals(server.reference(actor)));
        if (ofPatient && !AppointmentRecords.isReadable(row.getStartElement(), row.getEndElement())) {
            return Verdict.UNREADABLE;
        }
        var start = AppointmentRecords.time(row.getStartElement());
        boolean inSpan = (wanted.from() == null || (start != null && !start.isBefore(wanted.from())))
                && (wanted.to() == null || (start != null && start.isBefore(wanted.to())));
        if (ofPatient && row.getStatus() == AppointmentStatus.ENTEREDINERROR) {
            return Verdict.ENTERED_IN_ERROR;
        }
        boolean ofStatus = wanted.status() == null
                || (row.hasStatus() && wanted.status().equals(row.getStatus().toCode()));
        if (!ofPatient || !inSpan || !ofStatus) {
            return Verdict.FILTER_IGNORED;
        }
        return Modifiers.unknownIn(row) ? Verdict.MODIFIED : Verdict.FITS;
    }
}
