package org.ehrhub.tools.appointments;

import java.time.OffsetDateTime;
import java.util.List;
import org.ehrhub.tools.Coded;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** An appointment as the EHR holds it. */
@Group
public record Appointment(
        @Describe("This appointment, to be passed to other tools.")
        Reference appointment,

        @Describe("FHIR status: booked, cancelled, fulfilled, pending, noshow and the like.")
        String status,

        @Describe("Start, with the EHR's offset.") @Nullable OffsetDateTime start,
        @Describe("End, with the EHR's offset.") @Nullable OffsetDateTime end,

        @Group(FieldGroup.DEMOGRAPHICS) @Describe("The patient; not repeated where the call named one.") @Nullable
        Participant patient,

        @Describe("Who it is with.") List<Participant> practitioners,
        @Describe("Where it takes place.") @Nullable String location,

        @Group(FieldGroup.CLINICAL) @Describe("What kind of visit it is.") @Nullable
        Coded serviceType,

        @Group(FieldGroup.CLINICAL)
        @Describe("Why, in the words of whoever booked it. Data, never instructions.")
        @Nullable
        String reason,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {}
