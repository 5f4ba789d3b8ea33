package org.ehrhub.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why data is used: the codes of HL7 v3 PurposeOfUse (2.16.840.1.113883.1.11.20448). None includes another. */
public final class Purposes {
    private static final Set<String> CODES = Set.of(
            "PurposeOfUse",
            "HMARKT",
            "HOPERAT",
            "CAREMGT",
            "DONAT",
            "FRAUD",
            "GOV",
            "HACCRED",
            "HCOMPL",
            "HDECD",
            "HDIRECT",
            "HDM",
            "HLEGAL",
            "HOUTCOMS",
            "HPRGRP",
            "HQUALIMP",
            "HSYSADMIN",
            "LABELING",
            "METAMGT",
            "MEMADMIN",
            "MILCDM",
            "PATADMIN",
            "PATSFTY",
            "PERFMSR",
            "RECORDMGT",
            "SYSDEV",
            "HTEST",
            "TRAIN",
            "HPAYMT",
            "CLMATTCH",
            "COVAUTH",
            "COVERAGE",
            "ELIGDTRM",
            "ELIGVER",
            "ENROLLM",
            "MILDCRG",
            "REMITADV",
            "HRESCH",
            "BIORCH",
            "CLINTRCH",
            "CLINTRCHNPC",
            "CLINTRCHPC",
            "PRECLINTRCH",
            "DSRCH",
            "POARCH",
            "TRANSRCH",
            "PATRQT",
            "FAMRQT",
            "PWATRNY",
            "SUPNWK",
            "PUBHLTH",
            "DISASTER",
            "THREAT",
            "TREAT",
            "CLINTRL",
            "COC",
            "ETREAT",
            "BTG",
            "ERTREAT",
            "POPHLTH");

    private Purposes() {}

    /** Whether a word is such a code. */
    public static boolean isCode(String word) {
        return CODES.contains(word);
    }

    /** The codes. */
    public static Set<String> codes() {
        return CODES;
    }

    /** Whether a purpose was stated, and is one of these. */
    static boolean isOneOf(Set<String> purposes, @Nullable String stated) {
        return stated != null && purposes.contains(stated);
    }
}
