package org.ehrhub.tools;

import org.jspecify.annotations.Nullable;

/** The two arguments that every list takes. */
public interface ListInput {
    /** Rows asked of each EHR when the caller does not say. */
    int DEFAULT_LIMIT = 20;

    /** The {@code cursor} of the answer before, to read on; with the same other arguments. */
    @Nullable
    String cursor();

    /** The largest number of rows from each EHR. */
    @Nullable
    Integer limit();

    /** The largest number of rows from each EHR, with the default applied. */
    default int rows() {
        var limit = limit();
        return limit == null ? DEFAULT_LIMIT : limit;
    }
}
