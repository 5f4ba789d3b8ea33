package org.ehrhub.tools.appointments;

import org.ehrhub.tools.Describe;
import org.jspecify.annotations.Nullable;

/** A coded value with its words (FHIR R4 CodeableConcept, its first coding). */
public record Coded(
        @Describe("The code system, a URI.") @Nullable String system,
        @Describe("The code.") @Nullable String code,

        @Describe("The words the EHR shows for it.") @Nullable
        String display) {}
