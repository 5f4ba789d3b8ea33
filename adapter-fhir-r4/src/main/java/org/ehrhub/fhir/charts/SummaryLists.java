package org.ehrhub.fhir.charts;

import java.util.ArrayList;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.ehrhub.fhir.charts.SummarySections.Section;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.Allergy;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.Condition;
import org.ehrhub.tools.charts.Encounter;
import org.ehrhub.tools.charts.EncounterList;
import org.ehrhub.tools.charts.Immunization;
import org.ehrhub.tools.charts.LabList;
import org.ehrhub.tools.charts.Medication;
import org.ehrhub.tools.charts.Observation;
import org.ehrhub.tools.charts.PatientSummary;
import org.ehrhub.tools.charts.PatientSummaryGet;
import org.ehrhub.tools.charts.VitalList;
import org.ehrhub.tools.patients.PatientMatch;
import org.hl7.fhir.r4.model.DomainResource;

/**
 * The lists that a summary is put together from. Four of them the server's own summary may stand for; results, vital signs and
 * visits are always listed, since no summary says that its rows are the newest.
 */
final class SummaryLists {
    private final ChartReading charts;
    private final Problems problems;
    private final Orders orders;
    private final Results results;
    private final Treatments treatments;
    private final Visits visits;

    SummaryLists(ChartReading charts) {
        this.charts = charts;
        this.problems = new Problems(charts);
        this.orders = new Orders(charts);
        this.results = new Results(charts);
        this.treatments = new Treatments(charts);
        this.visits = new Visits(charts);
    }

    /** The sections that are being read. */
    record Begun(
            Section<Condition> conditions,
            Section<Allergy> allergies,
            Section<Medication> medications,
            Section<Observation> labs,
            Section<Observation> vitals,
            Section<Immunization> immunizations,
            Section<Encounter> encounters) {
        PatientSummary rows(PatientMatch patient, SummarySections sections) {
            return new PatientSummary(
                    patient,
                    sections.rows(conditions),
                    sections.rows(allergies),
                    sections.rows(medications),
                    sections.rows(labs),
                    sections.rows(vitals),
                    sections.rows(immunizations),
                    sections.rows(encounters),
                    sections.more(),
                    sections.missing());
        }
    }

    /** One summary. */
    private record Wanted(
            PatientSummaryGet input, CallContext call, SummarySections sections, Future<OwnSummary.Answer> own) {}

    /** A list that a section of the server's own summary may stand for, by that section's LOINC code. */
    private record Replaceable<R extends DomainResource, O extends Record>(
            String section, CanonicalTool.Listing<?, O> tool, Supplier<ChartRequest<R, O>> request) {}

    Begun begin(PatientSummaryGet input, CallContext call, SummarySections sections, Future<OwnSummary.Answer> own) {
        var wanted = new Wanted(input, call, sections, own);
        var patient = input.patient();
        int rows = input.mostRows();
        var labs = new LabList(patient, null, null, null, null, rows);
        var vitals = new VitalList(patient, null, null, null, null, rows);
        var encounters = new EncounterList(patient, null, null, null, rows);
        return new Begun(
                begin("conditions", wanted, conditions(patient)),
                begin("allergies", wanted, allergies(patient)),
                begin("medications", wanted, medications(patient, call)),
                sections.begin("labs", ChartTools.LABS, () -> results.labs(labs, call)),
                sections.begin("vitals", ChartTools.VITALS, () -> results.vitals(vitals, call)),
                begin("immunizations", wanted, immunizations(patient)),
                sections.begin("encounters", ChartTools.ENCOUNTERS, () -> visits.past(encounters, call)));
    }

    private Replaceable<?, Condition> conditions(Reference patient) {
        return new Replaceable<>(InternationalSummary.PROBLEMS, ChartTools.CONDITIONS, () -> problems.active(patient));
    }

    private Replaceable<?, Allergy> allergies(Reference patient) {
        return new Replaceable<>(InternationalSummary.ALLERGIES, ChartTools.ALLERGIES, () -> problems.known(patient));
    }

    private Replaceable<?, Medication> medications(Reference patient, CallContext call) {
        return new Replaceable<>(
                InternationalSummary.MEDICATIONS, ChartTools.MEDICATIONS, () -> orders.active(patient, call));
    }

    private Replaceable<?, Immunization> immunizations(Reference patient) {
        return new Replaceable<>(
                InternationalSummary.IMMUNIZATIONS, ChartTools.IMMUNIZATIONS, () -> treatments.given(patient));
    }

    private <R extends DomainResource, O extends Record> Section<O> begin(
            String name, Wanted wanted, Replaceable<R, O> list) {
        int rows = wanted.input().mostRows();
        return wanted.sections().begin(name, list.tool(), () -> {
            var summary = wanted.own().get().summary();
            var own = summary.flatMap(
                    found -> found.section(list.section(), list.request().get(), rows));
            return own.isPresent()
                    ? new ToolResult.Ok<>(
                            chosen(own.get(), list.tool()), charts.server().provenance(null))
                    : charts.list(list.request().get(), rows, wanted.call());
        });
    }

    private static <O extends Record> Page<O> chosen(Page<O> page, CanonicalTool.Listing<?, O> tool) {
        var warnings = new ArrayList<>(page.warnings());
        warnings.add("as the EHR chose for its own summary; " + tool.name() + " may give more.");
        return new Page<>(page.items(), null, null, warnings, page.truncated());
    }
}
