package org.ehrhub.medplum.scheduling;

import org.ehrhub.adapters.EhrFailure;

/** A schedule as far as its free times come from one source. */
interface Diary {
    /** Its name in cursors. */
    String name();

    /**
     * Puts free times on a page, from a place on, until the page is full or none are left.
     *
     * @throws EhrFailure when the EHR does not give them
     */
    void fill(FreeTimePage page, Place from);
}
