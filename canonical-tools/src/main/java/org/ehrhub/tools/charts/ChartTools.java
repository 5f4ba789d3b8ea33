package org.ehrhub.tools.charts;

import org.ehrhub.tools.CanonicalTool.Listing;
import org.ehrhub.tools.CanonicalTool.Read;
import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools about what is known of a patient's health. */
public final class ChartTools {
    /** Lists problems. */
    public static final Listing<ConditionList, Condition> CONDITIONS =
            new Listing<>("condition.list", ConditionList.class, Condition.class);
    /** Lists allergies. */
    public static final Listing<AllergyList, Allergy> ALLERGIES =
            new Listing<>("allergy.list", AllergyList.class, Allergy.class);
    /** Lists medication orders. */
    public static final Listing<MedicationList, Medication> MEDICATIONS =
            new Listing<>("medication.list", MedicationList.class, Medication.class);
    /** Lists laboratory results. */
    public static final Listing<LabList, Observation> LABS =
            new Listing<>("lab.list", LabList.class, Observation.class);
    /** Lists vital signs. */
    public static final Listing<VitalList, Observation> VITALS =
            new Listing<>("vital.list", VitalList.class, Observation.class);
    /** Lists vaccinations. */
    public static final Listing<ImmunizationList, Immunization> IMMUNIZATIONS =
            new Listing<>("immunization.list", ImmunizationList.class, Immunization.class);
    /** Lists procedures. */
    public static final Listing<ProcedureList, Procedure> PROCEDURES =
            new Listing<>("procedure.list", ProcedureList.class, Procedure.class);
    /** Lists visits. */
    public static final Listing<EncounterList, Encounter> ENCOUNTERS =
            new Listing<>("encounter.list", EncounterList.class, Encounter.class);
    /** Lists care plans. */
    public static final Listing<CarePlanList, CarePlan> CARE_PLANS =
            new Listing<>("careplan.list", CarePlanList.class, CarePlan.class);
    /** Lists diagnostic reports. */
    public static final Listing<ReportList, Report> REPORTS =
            new Listing<>("report.list", ReportList.class, Report.class);
    /** Summarises a chart. */
    public static final Read<PatientSummaryGet, PatientSummary> SUMMARY =
            new Read<>("patient.summary", PatientSummaryGet.class, PatientSummary.class);
    /** Records a vital sign. */
    public static final Write<VitalRecord, Observation> RECORD_VITAL =
            new Write<>("vital.record", VitalRecord.class, Observation.class, Risk.REVERSIBLE_WRITE);

    private ChartTools() {}
}
