package org.ehrhub.medplum.scheduling;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;

/** The Slots that appointments hold, and who looks after their schedules. */
final class StoredSlots {
    private static final String WEAKER =
            "Medplum does not look after this schedule: the time was taken by its Slot alone, and an appointment that somebody"
                    + " wrote without the Slot would not have been noticed.";

    private final FhirServer server;

    StoredSlots(FhirServer server) {
        this.server = server;
    }

    /** The same answer, which says that only the Slot guards the time. */
    static <O extends Record> ToolResult<O> warned(ToolResult<O> result) {
        return result instanceof ToolResult.Ok<O>(var value, var from, var warnings)
                ? new ToolResult.Ok<>(
                        value,
                        from,
                        Stream.concat(warnings.stream(), Stream.of(WEAKER)).toList())
                : result;
    }

    /** Those that an appointment names and that are there. */
    List<Slot> of(Appointment appointment, CallContext call) {
        return references(appointment)
                .flatMap(slot -> read(slot.id(), call).stream())
                .toList();
    }

    /** Whether Medplum looks after the schedule of any of these. */
    boolean areManaged(List<Slot> slots, CallContext call) {
        return slots.stream().anyMatch(slot -> MedplumScheduling.namesService(slot.getServiceType()))
                || slots.stream().anyMatch(slot -> isOfManaged(slot, call));
    }

    private boolean isOfManaged(Slot slot, CallContext call) {
        var schedule = server.reference(slot.getSchedule());
        return schedule != null
                && !new Offerings(server, call)
                        .of(server.read(Schedule.class, schedule.id(), call))
                        .isEmpty();
    }

    private Stream<Reference> references(Appointment appointment) {
        return appointment.getSlot().stream()
                .map(server::reference)
                .filter(reference -> reference != null && reference.type().equals("Slot"));
    }

    private Optional<Slot> read(String id, CallContext call) {
        try {
            return Optional.of(server.read(Slot.class, id, call));
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
