package org.ehrhub.tools.patients;

import org.ehrhub.tools.CanonicalTool.Listing;
import org.ehrhub.tools.CanonicalTool.Read;

/** The tools about who a patient is. */
public final class PatientTools {
    /** Finds patients in one EHR or in all. */
    public static final Listing<PatientSearch, PatientMatch> SEARCH =
            new Listing<>("patient.search", PatientSearch.class, PatientMatch.class);
    /** Reads one patient. */
    public static final Read<PatientGet, Patient> GET = new Read<>("patient.get", PatientGet.class, Patient.class);

    private PatientTools() {}
}
