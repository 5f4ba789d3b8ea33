package org.ehrhub.fhir.appointments;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Included;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Participant;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Schedule;
import org.jspecify.annotations.Nullable;

/** The schedules that the slots of one call belong to; what the server did not send along is read, once. */
public final class Schedules {
    private final FhirServer server;
    private final CallContext call;
    private final Map<String, Schedule> schedules = new HashMap<>();
    private final Map<String, Optional<String>> names = new HashMap<>();

    /** Those of one call. */
    public Schedules(FhirServer server, CallContext call) {
        this.server = server;
        this.call = call;
    }

    Schedule of(org.hl7.fhir.r4.model.Slot slot, Included included) {
        var reference = slot.getSchedule();
        return schedules.computeIfAbsent(
                String.valueOf(reference.getReference()),
                key -> included.find(reference, Schedule.class).orElseGet(() -> read(reference)));
    }

    static Optional<Reference> person(Schedule schedule) {
        return schedule.getActor().stream()
                .filter(actor -> String.valueOf(AppointmentRecords.type(actor)).startsWith("Practitioner"))
                .findFirst();
    }

    /** Where the schedule is of. */
    public static Optional<Reference> place(Schedule schedule) {
        return schedule.getActor().stream()
                .filter(actor -> "Location".equals(AppointmentRecords.type(actor)))
                .findFirst();
    }

    /** Whoever the schedule is of, with a name even where the schedule does not show one. */
    public @Nullable Participant participant(Schedule schedule) {
        return person(schedule)
                .map(actor -> new Participant(server.reference(actor), name(actor)))
                .orElse(null);
    }

    private @Nullable String name(Reference actor) {
        if (actor.hasDisplay() || !"Practitioner".equals(AppointmentRecords.type(actor))) {
            return actor.getDisplay();
        }
        return names.computeIfAbsent(actor.getReference(), key -> readName(actor))
                .orElse(null);
    }

    private Schedule read(Reference reference) {
        var known = server.reference(reference);
        return known == null ? new Schedule() : server.read(Schedule.class, known.id(), call);
    }

    private Optional<String> readName(Reference actor) {
        var known = server.reference(actor);
        try {
            return known == null
                    ? Optional.empty()
                    : Optional.ofNullable(server.read(Practitioner.class, known.id(), call)
                            .getNameFirstRep()
                            .getNameAsSingleString());
        } catch (EhrFailure e) {
            // A name is a courtesy: a server that does not show its staff still has free times.
            return Optional.empty();
        }
    }
}
