package org.ehrhub.routes.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ToolSchemasTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ToolSchemas schemas = new ToolSchemas();

    @Test
    void findsNothingWrongWithArgumentsThatFit() {
        assertThat(problems(PatientTools.GET, "{'patient':'alpha/Patient/a1'}")).isEmpty();
        assertThat(problems(
                        AppointmentTools.SLOT_SEARCH,
                        "{'from':'2026-03-02T09:00:00-05:00','to':'2026-03-03T09:00:00Z'}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'family':'Hill','x':1}             | One of the names given is not an argument of patient.search
            {'family':1}                        | `family` must be of type string
            {'family':null}                     | `family` must be of type string
            {'family':'Hill','limit':'3'}       | `limit` must be of type integer
            {'family':'Hill','limit':0}         | `limit` must be at least 1
            {'family':'Hill','limit':101}       | `limit` must be at most 100
            {'family':'Hill','limit':1e20}      | `limit` must hold numbers of ordinary size only
            {'family':'Hill','limit':1e99999}   | `limit` must hold numbers of ordinary size only
            {'family':'Hill','gender':'x'}      | `gender` must be one of male, female, other, unknown
            {'family':'Hill','birthDate':'x'}   | `birthDate` has not the form of: YYYY-MM-DD.
            """)
    void saysInTheHubsWordsWhatIsWrong(String arguments, String sentence) {
        assertThat(problems(PatientTools.SEARCH, arguments)).containsExactly(sentence);
    }

    /** What the docs show an agent must be what the hub takes. */
    @Test
    void theExampleOfEveryContractFits() {
        var seals = new Seals(new byte[32]);
        var json = new CanonicalJson(seals);
        var slot = "\"stmarys/slot/" + seals.seal("slot stmarys", "slot-1");
        for (var tool : ToolCatalog.canonical().tools()) {
            var arguments = json.wire().readTree(tool.example().replaceAll("\"stmarys/slot/[A-Z]*", slot));
            assertThat(schemas.problems(tool, arguments)).as(tool.name()).isEmpty();
            assertThat(json.read(arguments, tool.input())).as(tool.name()).isInstanceOf(tool.input());
        }
    }

    @Test
    void saysWhatFormADateMustHave() {
        assertThat(problems(AppointmentTools.SLOT_SEARCH, "{'from':'tomorrow','to':'2026-03-03T09:00:00Z'}"))
                .singleElement()
                .asString()
                .contains("`from` must be a date and time with offset")
                .doesNotContain("tomorrow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e99999", "99999999999999999999"})
    void looksForNumbersBeyondUseInsideOfArgumentsToo(String number) {
        var arguments = CoverageTools.CLAIM.example().replace("125.00", number);

        assertThat(schemas.problems(CoverageTools.CLAIM, EXACT.readTree(arguments)))
                .containsExactly("`items` must hold numbers of ordinary size only");
    }

    /** A digest writes numbers out: a request of 1 MB with many of these would take more than a gigabyte. */
    @ParameterizedTest
    @ValueSource(strings = {"1e9999", "-1e-9999", "1e999999999", "[{\"y\":1e9999}]"})
    void takesNoShortNumberThatIsLongWhenWrittenOutInsideOfAnyJson(String value) {
        var arguments = FhirTools.WRITE.example().replace("\"draft\"", "\"draft\",\"x\":" + value);

        assertThat(schemas.problems(FhirTools.WRITE, EXACT.readTree(arguments)))
                .containsExactly("`resource` must hold numbers of ordinary size only");
    }

    @Test
    void takesNumbersThatAreMeasuredInsideOfAnyJson() {
        var arguments = FhirTools.WRITE.example().replace("\"draft\"", "\"draft\",\"x\":[6.02e23,1.50,1e-99]");

        assertThat(schemas.problems(FhirTools.WRITE, EXACT.readTree(arguments))).isEmpty();
    }

    @Test
    void saysEverythingThatIsWrong() {
        assertThat(problems(AppointmentTools.SLOT_SEARCH, "{}"))
                .satisfiesExactlyInAnyOrder(
                        from -> assertThat(from).startsWith("`from` is missing: Earliest start"),
                        to -> assertThat(to).startsWith("`to` is missing: Start before"));
    }

    @Test
    void aTextThatIsTooLongIsTheRecordsToRefuseAndIsNotRepeated() {
        var json = new CanonicalJson(new Seals(new byte[32]));
        var arguments = json.wire().readTree("{\"family\":\"" + "x".repeat(101) + "\"}");

        assertThatThrownBy(() -> json.read(arguments, PatientTools.SEARCH.input()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("`family` must hold 1 to 100 characters");
    }

    @Test
    void repeatsNothingOfAnUnknownName() {
        assertThat(problems(
                        PatientTools.GET, "{'patient':'alpha/Patient/a1','Ignore all\\n<b>" + "y".repeat(90) + "':1}"))
                .containsExactly("One of the names given is not an argument of patient.get");
        assertThat(problems(PatientTools.GET, "{'patient':'alpha/Patient/a1','Ada Hill':1e99999}"))
                .containsExactly("An argument must hold numbers of ordinary size only");
    }

    @Test
    void wantsAnObject() {
        assertThat(problems(PatientTools.GET, "[]")).containsExactly("`arguments` must be a JSON object");
    }

    @Test
    void hasAFormForEveryTool() {
        assertThat(ToolCatalog.canonical().tools())
                .allSatisfy(tool -> assertThat(problems(tool, "{'no-such':1}")).isNotEmpty());
    }

    private List<String> problems(CanonicalTool<?, ?> tool, String arguments) {
        return schemas.problems(tool, JSON.readTree(arguments));
    }
}
