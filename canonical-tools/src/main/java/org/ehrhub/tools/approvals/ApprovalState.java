package org.ehrhub.tools.approvals;

import org.ehrhub.tools.Describe;
import org.jspecify.annotations.Nullable;

/** Where an approval stands. */
public record ApprovalState(
        @Describe("The approval.") String approvalId,

        @Describe(
                value = "waiting, approved, refused, used or expired.",
                oneOf = {"waiting", "approved", "refused", "used", "expired"})
        String status,

        @Describe("The tool it is for.") String tool,

        @Describe("Until when it can be used (UTC).") @Nullable
        String expires) {}
