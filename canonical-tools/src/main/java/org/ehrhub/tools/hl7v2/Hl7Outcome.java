package org.ehrhub.tools.hl7v2;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** What became of a message. */
@Group
public record Hl7Outcome(
        @Describe("The message, for hl7v2.status: ehr/Message/id.")
        Reference message,

        @Describe("stored, accepted, rejected, unknown or dead.")
        String status,

        @Describe("MSA-1: AA, AE, AR, CA, CE or CR.") @Nullable
        String acknowledgement,

        @Describe("MSH-10.") @Nullable String controlId,
        @Describe("How often it was sent.") @Nullable Integer tries,
        @Describe("ERR-3, the error code.") @Nullable String error,

        @Describe(
                value = "Whether the way to the receiver is open just now.",
                oneOf = {"connected", "disconnected", "unknown"})
        @Nullable
        String link) {}
