package org.ehrhub.tools.coverage;

import org.ehrhub.tools.CanonicalTool.Listing;
import org.ehrhub.tools.CanonicalTool.Read;
import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools about who pays. */
public final class CoverageTools {
    /** Lists insurance on file. */
    public static final Listing<CoverageList, Coverage> LIST =
            new Listing<>("coverage.list", CoverageList.class, Coverage.class);
    /** Records insurance. */
    public static final Write<CoverageRecord, Coverage> RECORD =
            new Write<>("coverage.record", CoverageRecord.class, Coverage.class, Risk.REVERSIBLE_WRITE);
    /** Asks the payer whether coverage is in force. */
    public static final Write<EligibilityCheck, Eligibility> ELIGIBILITY =
            new Write<>("eligibility.check", EligibilityCheck.class, Eligibility.class, Risk.REVERSIBLE_WRITE);
    /** Asks whether prior authorisation is needed. */
    public static final Read<PriorAuthCheck, PriorAuthNeed> PRIOR_AUTH_CHECK =
            new Read<>("priorauth.check", PriorAuthCheck.class, PriorAuthNeed.class);
    /** Requests prior authorisation. */
    public static final Write<PriorAuthSubmit, PriorAuth> PRIOR_AUTH_SUBMIT =
            new Write<>("priorauth.submit", PriorAuthSubmit.class, PriorAuth.class, Risk.HIGH_IMPACT);
    /** Follows a prior authorisation. */
    public static final Read<PriorAuthStatus, PriorAuth> PRIOR_AUTH_STATUS =
            new Read<>("priorauth.status", PriorAuthStatus.class, PriorAuth.class);
    /** Submits a claim. */
    public static final Write<ClaimSubmit, ClaimOutcome> CLAIM =
            new Write<>("claim.submit", ClaimSubmit.class, ClaimOutcome.class, Risk.HIGH_IMPACT);

    private CoverageTools() {}
}
