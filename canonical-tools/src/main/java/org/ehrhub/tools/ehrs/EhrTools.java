package org.ehrhub.tools.ehrs;

import org.ehrhub.tools.CanonicalTool.Listing;

/** The tools about the EHRs themselves. */
public final class EhrTools {
    /** Lists the EHRs behind the hub. */
    public static final Listing<EhrList, Ehr> LIST = new Listing<>("ehr.list", EhrList.class, Ehr.class);

    private EhrTools() {}
}
