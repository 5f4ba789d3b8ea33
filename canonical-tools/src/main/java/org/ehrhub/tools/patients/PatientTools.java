package org.ehrhub.tools.patients;

import org.ehrhub.tools.CanonicalTool.Listing;
import org.ehrhub.tools.CanonicalTool.Read;
import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools about who a patient is. */
public final class PatientTools {
    /** Finds patients in one EHR or in all. */
    public static final Listing<PatientSearch, PatientMatch> SEARCH =
            new Listing<>("patient.search", PatientSearch.class, PatientMatch.class);
    /** Reads one patient. */
    public static final Read<PatientGet, Patient> GET = new Read<>("patient.get", PatientGet.class, Patient.class);
    /** Registers a patient. */
    public static final Write<PatientCreate, Patient> CREATE =
            new Write<>("patient.create", PatientCreate.class, Patient.class, Risk.HIGH_IMPACT);
    /** Changes demographics. */
    public static final Write<PatientUpdate, Patient> UPDATE =
            new Write<>("patient.update", PatientUpdate.class, Patient.class, Risk.HIGH_IMPACT);

    private PatientTools() {}
}
