package org.ehrhub.tools.charts;

import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.patients.PatientMatch;

/** The main sections of one chart, each cut short. */
public record PatientSummary(
        @Group @Describe("Who it is.") PatientMatch patient,
        @Describe("Active problems.") List<Condition> conditions,

        @Describe("Allergies; none listed does not mean none known.")
        List<Allergy> allergies,

        @Describe("Active orders.") List<Medication> medications,
        @Describe("Newest laboratory results.") List<Observation> labs,
        @Describe("Newest vital signs.") List<Observation> vitals,
        @Describe("Newest vaccinations.") List<Immunization> immunizations,
        @Describe("Last visits.") List<Encounter> encounters,

        @Describe("Sections that hold more than shown, with the tool that gives the rest.")
        List<String> more,

        @Describe("Sections that could not be read: not known, not empty.")
        List<String> missing) {}
