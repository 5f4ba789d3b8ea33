package org.ehrhub.tools;

import org.jspecify.annotations.Nullable;

/** The argument of a tool that can be called without a reference: which EHR to ask. */
public interface EhrInput {
    /** The EHR to ask; none asks every EHR the caller may read. */
    @Nullable
    String ehr();
}
