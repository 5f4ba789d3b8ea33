package org.ehrhub.medplum;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Secret;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;

/** A {@link MedplumStub} with two practitioners and a patient, and the trial adapter on it, called as the hub calls one. */
record MedplumClinic(MedplumDiary diary, MedplumStub stub, EhrAdapter adapter, String patient)
        implements AutoCloseable {
    static final String EHR = "clinic";

    static MedplumClinic open() throws IOException {
        var diary = new MedplumDiary();
        diary.schedule("Practitioner/hill");
        diary.schedule("Practitioner/young");
        var stub = new MedplumStub(diary);
        var token = Secret.from(() -> "stub-token");
        return new MedplumClinic(
                diary, stub, new MedplumTrial(EHR, stub.base(), token, InstantSource.system()), diary.patient());
    }

    static CallContext call() {
        return until(Instant.now().plusSeconds(10));
    }

    static CallContext until(Instant deadline) {
        return new CallContext("c1", new Caller("tester", Set.of()), deadline);
    }

    static SlotSearch between(String from, String to, int limit) {
        return new SlotSearch(EHR, OffsetDateTime.parse(from), OffsetDateTime.parse(to), null, null, null, limit);
    }

    AppointmentCreate booking(Slot slot, String reason) {
        var reference = new Reference(EHR, "Patient", patient.substring("Patient/".length()));
        return new AppointmentCreate(reference, slot.slotRef(), reason, null, null);
    }

    Page<Slot> free(SlotSearch input, CallContext call) {
        return ((ToolResult.Ok<Page<Slot>>) search(input, call)).value();
    }

    ToolResult<Page<Slot>> search(SlotSearch input, CallContext call) {
        return attempt(this.<SlotSearch, Page<Slot>>handler(AppointmentTools.SLOT_SEARCH), input, call);
    }

    ToolResult<Appointment> book(AppointmentCreate input, String key) {
        return attempt(writer(), input, call().writing(key));
    }

    Optional<Appointment> reconcile(AppointmentCreate input, String key) {
        return writer().reconcile(input, key, call());
    }

    WriteHandler<AppointmentCreate, Appointment> writer() {
        return (WriteHandler<AppointmentCreate, Appointment>)
                this.<AppointmentCreate, Appointment>handler(AppointmentTools.CREATE);
    }

    static <I extends Record, O extends Record> ToolResult<O> attempt(
            ToolHandler<I, O> handler, I input, CallContext call) {
        try {
            return handler.handle(input, call);
        } catch (EhrFailure e) {
            return e.result();
        }
    }

    @SuppressWarnings("unchecked") // the registration gave the handler the tool's types
    private <I extends Record, O extends Record> ToolHandler<I, O> handler(CanonicalTool<?, ?> tool) {
        return (ToolHandler<I, O>)
                adapter.handlers().find(tool.name()).orElseThrow().handler();
    }

    @Override
    public void close() {
        adapter.close();
        stub.close();
    }
}
