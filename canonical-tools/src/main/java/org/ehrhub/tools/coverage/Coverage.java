package org.ehrhub.tools.coverage;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** Insurance on file (FHIR R4 Coverage). */
@Group
public record Coverage(
        @Describe("This record.") Reference ref,

        @Describe("active, cancelled or draft: what the EHR has, not what the payer says.") @Nullable
        String status,

        @Describe("What kind of coverage.") @Nullable String type,
        @Describe("Who pays.") @Nullable Participant payer,

        @Group(FieldGroup.IDENTIFIERS) @Describe("The member id.") @Nullable
        String memberId,

        @Group(FieldGroup.DEMOGRAPHICS) @Describe("Who holds the policy, where it is not the patient.") @Nullable
        String subscriber,

        @Describe("The patient's relationship to the subscriber.") @Nullable
        String relationship,

        @Describe("The plan.") @Nullable String plan,

        @Group(FieldGroup.IDENTIFIERS) @Describe("The group.") @Nullable
        String group,

        @Describe("Since when.") @Nullable String start,
        @Describe("Until when.") @Nullable String end,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {}
