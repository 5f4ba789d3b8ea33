package org.ehrhub.tools.terminology;

import org.ehrhub.tools.CanonicalTool.Listing;
import org.ehrhub.tools.CanonicalTool.Read;
import org.ehrhub.tools.Coded;

/** The tools about codes. */
public final class TerminologyTools {
    /** Looks up a code. */
    public static final Read<TerminologyLookup, Concept> LOOKUP =
            new Read<>("terminology.lookup", TerminologyLookup.class, Concept.class);
    /** Lists the codes of a value set. */
    public static final Listing<TerminologyExpand, Coded> EXPAND =
            new Listing<>("terminology.expand", TerminologyExpand.class, Coded.class);
    /** Checks a code. */
    public static final Read<TerminologyValidate, Validation> VALIDATE =
            new Read<>("terminology.validate", TerminologyValidate.class, Validation.class);
    /** Translates a code. */
    public static final Read<TerminologyTranslate, Translation> TRANSLATE =
            new Read<>("terminology.translate", TerminologyTranslate.class, Translation.class);

    private TerminologyTools() {}
}
