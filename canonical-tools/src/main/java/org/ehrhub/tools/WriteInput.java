package org.ehrhub.tools;

import org.jspecify.annotations.Nullable;

/** The two arguments that every tool which is not a read takes; neither is part of the digest of a call. */
public interface WriteInput {
    /** The caller's key for this write: the same key and arguments again give the first answer and write nothing. */
    @Nullable
    String idempotencyKey();

    /** The approval that a person gave for exactly this call. */
    @Nullable
    String approvalId();
}
