package org.ehrhub.medplum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.Test;

/** Holds the table of other servers' tools in the README to what there is on either side. */
class ParityTableTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /** The tools of Medplum's own MCP, of pymedplum's, and of the two community servers. */
    private static final List<String> OTHERS = Stream.of(
                    "search fetch fhir-request",
                    "get_resource_schema read_resource search_resources search_one search_all_resources create_resource"
                            + " create_resource_if_none_exist update_resource patch_resource delete_resource"
                            + " get_resource_capabilities get_patient_everything validate_code validate_codesystem_code"
                            + " expand_valueset lookup_concept translate_concept execute_operation execute_graphql"
                            + " execute_bot create_bot save_and_deploy_bot execute_batch raw_request",
                    "createPatient getPatientById updatePatient searchPatients searchPractitionersByName"
                            + " createPractitioner getPractitionerById updatePractitioner searchPractitioners"
                            + " createOrganization getOrganizationById updateOrganization searchOrganizations"
                            + " createEncounter getEncounterById updateEncounter searchEncounters createObservation"
                            + " getObservationById updateObservation searchObservations createMedicationRequest"
                            + " getMedicationRequestById updateMedicationRequest searchMedicationRequests"
                            + " createMedication getMedicationById searchMedications createEpisodeOfCare"
                            + " getEpisodeOfCareById updateEpisodeOfCare searchEpisodesOfCare createCondition"
                            + " getConditionById updateCondition searchConditions generalFhirSearch",
                    "manageResource manageClinicalReport manageAutomation patientData manageProject manageMedia startNew"
                            + " manageHistory terminology bulkData whoAmI graphql sendEmail postBundle executeAdminTask"
                            + " executeFhirOperation manageFhirCast")
            .flatMap(line -> Stream.of(line.split(" ")))
            .toList();

    /** One line of the tables. */
    private record Row(List<String> theirs, String ours, String words) {}

    @Test
    void namesEveryToolOfTheOthersOnce() throws IOException {
        assertThat(rows()).flatExtracting(Row::theirs).containsExactlyInAnyOrderElementsOf(OTHERS);
    }

    @Test
    void answersEachWithToolsThatThereAre() throws IOException {
        var tools = ToolCatalog.canonical().tools().stream()
                .map(CanonicalTool::name)
                .toList();

        assertThat(rows())
                .filteredOn(row -> !row.ours().equals("-"))
                .allSatisfy(row -> assertThat(quoted(row.ours())).isNotEmpty().isSubsetOf(tools));
    }

    @Test
    void saysWhyOneIsLeftOut() throws IOException {
        assertThat(rows())
                .filteredOn(row -> row.ours().equals("-"))
                .hasSize(7)
                .allSatisfy(row -> assertThat(row.words()).hasSizeGreaterThan(30));
    }

    private static List<Row> rows() throws IOException {
        var text = Files.readString(Path.of("README.md"));
        var rows = new ArrayList<Row>();
        for (var line : text.substring(text.indexOf("\n## Parity")).lines().toList()) {
            var cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
            if (cells.size() == 5 && cells.get(1).startsWith("`")) {
                rows.add(new Row(quoted(cells.get(1)), cells.get(2), cells.get(3)));
            }
        }
        return rows;
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
