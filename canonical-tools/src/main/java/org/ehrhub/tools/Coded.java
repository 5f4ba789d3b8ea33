package org.ehrhub.tools;

import org.jspecify.annotations.Nullable;

/** A coded value with its words (FHIR R4 CodeableConcept, its first coding). */
@Group
public record Coded(
        @Describe("The code, system|code.") @Nullable String code,

        @Describe("The words the EHR shows for it.") @Nullable
        String display) {}
