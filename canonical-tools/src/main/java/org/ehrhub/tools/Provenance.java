package org.ehrhub.tools;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer comes from.
 *
 * @param ehr the EHR that gave it
 * @param asOf when the EHR was read
 * @param version the record's version in the EHR (FHIR {@code meta.versionId}), where it has one
 */
public record Provenance(
        @Describe("The EHR that gave this answer.") String ehr,
        @Describe("When the EHR was read (UTC).") Instant asOf,

        @Describe("The record's version in the EHR, where the EHR has versions.") @Nullable
        String version) {}
