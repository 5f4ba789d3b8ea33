package org.ehrhub.routes.steps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.Permission;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.approvals.ChartFacts;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentGet;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.jspecify.annotations.Nullable;

/** What the hub itself reads of a chart, so that a person can tell what they are asked to approve. */
public final class ChartReads {
    private final EhrRegistry registry;
    private final EhrQuestions questions;
    private final Permission permission;

    /** Reads in these EHRs. */
    public ChartReads(EhrRegistry registry, EhrQuestions questions, Permission permission) {
        this.registry = registry;
        this.questions = questions;
        this.permission = permission;
    }

    /** The version of a record, as the answer to a question. */
    private record Version(String text) {}

    /**
     * The version of the record that a write would change; empty where nothing that exists would, where the EHR has no versions,
     * and for a tool that a route does.
     *
     * @throws CallRefused when it cannot be told: then the call cannot be bound to it
     */
    String version(ToolCall call, String ehr) {
        return switch (questions.ask(call, ehr, () -> told(call, ehr)).orElse(null)) {
            case ToolResult.Ok<?>(Version(var text), var from, var warnings) -> text;
            case ToolResult.Failed<?> failed
            when failed.code() != ErrorCode.OUTCOME_UNKNOWN ->
                throw new CallRefused(failed.code(), failed.message(), failed.hint());
            case null, default ->
                throw new CallRefused(
                        ErrorCode.EHR_UNAVAILABLE,
                        "`" + ehr + "` could not be asked which version of the record it holds, so nothing was sent",
                        "Try again later.");
        };
    }

    @SuppressWarnings("unchecked") // ToolHandlers registers a handler only with the tool whose input it takes
    private ToolResult<?> told(ToolCall call, String ehr) {
        var version = registry.find(ehr)
                .flatMap(entry -> entry.handlers().find(call.tool().name()))
                .filter(registration -> registration.handler() instanceof WriteHandler<?, ?>)
                .flatMap(registration -> ((WriteHandler<Record, Record>) registration.handler())
                        .currentVersion(call.input(), call.context()))
                .orElse("");
        return new ToolResult.Ok<>(new Version(version), new Provenance(ehr, Instant.EPOCH, null));
    }

    /** What can be read of the patient and the appointment that a call names. */
    ChartFacts facts(ToolCall call, String ehr, String version) {
        var unread = new ArrayList<String>();
        var named = references(call);
        var appointment = named.stream()
                .filter(one -> one.type().equals("Appointment"))
                .findFirst()
                .flatMap(one -> read(call, ehr, AppointmentTools.GET, new AppointmentGet(one), unread))
                .orElse(null);
        var about = patient(call).orElse(appointment == null ? null : whose(appointment));
        var patient = about == null
                ? null
                : read(call, ehr, PatientTools.GET, new PatientGet(about, true), unread)
                        .orElse(null);
        return new ChartFacts(about, patient, appointment, version, unread);
    }

    /**
     * The same as far as the caller may see it: nothing of a record whose patient the call does not name, because whether that
     * chart is open to the caller was not asked.
     */
    ChartFacts seenByCaller(ToolCall call, String ehr, ChartFacts facts) {
        return patient(call).isEmpty()
                ? new ChartFacts(null, null, null, facts.version(), facts.unread())
                : facts.without(withheld(call, ehr, PatientTools.GET), withheld(call, ehr, AppointmentTools.GET));
    }

    private Set<FieldGroup> withheld(ToolCall call, String ehr, CanonicalTool<?, ?> tool) {
        return permission.decide(call.context().caller(), tool, ehr).withheld();
    }

    /** The patient that a call names. */
    static Optional<Reference> patient(ToolCall call) {
        return references(call).stream()
                .filter(one -> one.type().equals("Patient"))
                .findFirst();
    }

    private static List<Reference> references(ToolCall call) {
        return Arguments.references(call.input()).stream()
                .map(Arguments.Named::text)
                .filter(text -> !text.isEmpty())
                .map(Reference::parse)
                .toList();
    }

    private static @Nullable Reference whose(Appointment appointment) {
        var subject = appointment.subject();
        var patient = appointment.patient();
        return subject == null && patient != null ? patient.ref() : subject;
    }

    @SuppressWarnings("unchecked") // a tool answers with its own record
    private <I extends Record, O extends Record> Optional<O> read(
            ToolCall call, String ehr, CanonicalTool.Read<I, O> tool, I input, List<String> unread) {
        var answer = questions.ask(
                call,
                ehr,
                () -> registry.find(ehr)
                        .<ToolResult<?>>map(entry -> entry.handlers().call(tool, input, call.context()))
                        .orElseThrow());
        if (answer.orElse(null) instanceof ToolResult.Ok<?> ok) {
            return Optional.of((O) ok.value());
        }
        unread.add(
                "The hub could not read " + (tool.equals(PatientTools.GET) ? "who the patient is" : "the appointment")
                        + " in this EHR; look at the chart there before you decide.");
        return Optional.empty();
    }
}
