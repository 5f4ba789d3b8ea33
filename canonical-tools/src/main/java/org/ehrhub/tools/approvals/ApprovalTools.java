package org.ehrhub.tools.approvals;

import org.ehrhub.tools.CanonicalTool.Read;

/** The tools about approvals. */
public final class ApprovalTools {
    /** Follows an approval. */
    public static final Read<ApprovalStatus, ApprovalState> STATUS =
            new Read<>("approval.status", ApprovalStatus.class, ApprovalState.class);

    private ApprovalTools() {}
}
