package org.ehrhub.tools.patients;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.jspecify.annotations.Nullable;

/** A business identifier, such as a medical record number (FHIR R4 Identifier). */
@Group
public record Identifier(
        @Describe("The name space of the value, a URI.") @Nullable
        String system,

        @Describe("The identifier itself.") String value,

        @Describe("What kind of identifier it is, a code of HL7 table 0203 such as MR.") @Nullable
        String type) {}
