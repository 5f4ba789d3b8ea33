package org.ehrhub.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.PatientSummary;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.patients.Contact;
import org.ehrhub.tools.patients.Identifier;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientDetails;
import org.ehrhub.tools.patients.PatientMatch;
import org.junit.jupiter.api.Test;

class VisibleFieldsTest {
    private static final Reference ADA = Reference.parse("alpha/Patient/a1");
    private static final PatientDetails DETAILS = new PatientDetails(
            "Hill",
            List.of("Ada"),
            List.of(new Identifier(null, "mrn-1", "MR")),
            List.of(new Contact("phone", "555-0100", null)),
            List.of());
    private static final Patient PATIENT = new Patient(
            ADA,
            "Ada Hill",
            "1948-03-21",
            "female",
            "mrn-1",
            "555-0100",
            null,
            null,
            "en",
            true,
            false,
            null,
            null,
            DETAILS);

    @Test
    void leavesARecordAloneWhereNothingIsWithheld() {
        assertThat(VisibleFields.without(PATIENT, Set.of())).isSameAs(PATIENT);
    }

    @Test
    void emptiesTheFieldsOfAGroupInNestedRecordsToo() {
        var seen = VisibleFields.without(PATIENT, Set.of(FieldGroup.CONTACT, FieldGroup.IDENTIFIERS));

        assertThat(seen.name()).isEqualTo("Ada Hill");
        assertThat(seen.details().given()).containsExactly("Ada");
        assertThat(seen.toString()).doesNotContain("555-0100").doesNotContain("mrn-1");
        assertThat(seen.patient()).isEqualTo(ADA);
    }

    @Test
    void emptiesTheSectionsOfAChartAndKeepsWhoseItIs() {
        var found = new PatientMatch(ADA, "Ada Hill", null, null, "mrn-1", "Springfield", null, null, null);
        var chart = new PatientSummary(
                found,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of("labs"),
                List.of());

        var seen = VisibleFields.without(chart, Set.of(FieldGroup.CLINICAL, FieldGroup.IDENTIFIERS));

        assertThat(seen.more()).isEmpty();
        assertThat(seen.patient().name()).isEqualTo("Ada Hill");
        assertThat(seen.patient().mrn()).isNull();
    }

    @Test
    void aRawResourceIsShownOnlyToWhomEverythingIs() {
        var row = new FhirResource(ADA, "7", new FhirJson("{\"name\":\"Hill\"}"), ADA);

        for (var group : FieldGroup.values()) {
            assertThat(VisibleFields.without(row, Set.of(group)).resource().text())
                    .isEqualTo("{}");
            assertThat(VisibleFields.shows(FhirResource.class, Set.of(group))).isFalse();
        }
        assertThat(VisibleFields.without(row, Set.of(FieldGroup.CONTACT)).subject())
                .as("the hub's own checks go on")
                .isEqualTo(ADA);
    }

    @Test
    void everyAnswerOfTheCatalogueCanBeShownWithoutAnyOfItsGroups() {
        var everything = EnumSet.allOf(FieldGroup.class);
        for (var tool : ToolCatalog.canonical().tools()) {
            assertThatCode(() -> VisibleFields.shows(tool.output(), everything))
                    .as(tool.name())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void knowsTheGroupsOfARecordAndOfThoseInIt() {
        assertThat(VisibleFields.groups(ChartTools.SUMMARY.output())).isEqualTo(EnumSet.allOf(FieldGroup.class));
        assertThat(VisibleFields.groups(ChartTools.LABS.output())).containsExactly(FieldGroup.CLINICAL);
        assertThat(VisibleFields.groups(CoverageTools.LIST.output()))
                .containsExactlyInAnyOrder(FieldGroup.IDENTIFIERS, FieldGroup.DEMOGRAPHICS);
    }
}
