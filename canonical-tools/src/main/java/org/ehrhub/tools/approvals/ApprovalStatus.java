package org.ehrhub.tools.approvals;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;

/** The input of {@code approval.status}. */
@Describe(
        title = "Follow an approval",
        value =
                "Says whether a person has approved a call. Once approved, make the same call again with this approvalId.",
        example = "{\"approvalId\":\"3f2c9a\"}")
public record ApprovalStatus(
        @Describe(value = "As the call that needs it was told.", maxLength = 128)
        String approvalId) {
    /** Checks the arguments. */
    public ApprovalStatus {
        Arguments.text(approvalId, "approvalId", 128);
    }
}
