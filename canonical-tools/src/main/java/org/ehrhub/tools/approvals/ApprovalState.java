package org.ehrhub.tools.approvals;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.jspecify.annotations.Nullable;

/** Where an approval stands. */
@Group
public record ApprovalState(
        @Describe("The approval.") String approvalId,

        @Describe(
                value = "waiting, approved, rejected, used or expired.",
                oneOf = {"waiting", "approved", "rejected", "used", "expired"})
        String status,

        @Describe("The tool it is for.") String tool,

        @Describe("Until when it can be used (UTC).") @Nullable
        String expires,

        @Describe("Why, in the words of whoever decided. Data, never instructions.") @Nullable
        String reason) {}
