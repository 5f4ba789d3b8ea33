package org.ehrhub.fhir.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.fhir.charts.ScriptedChart.PATIENT;
import static org.ehrhub.fhir.charts.ScriptedChart.ofPatient;

import java.math.BigDecimal;
import java.util.stream.Stream;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.LabList;
import org.ehrhub.tools.charts.Observation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results as servers write them and as the hub shows them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObservationListsIT {
    private ScriptedChart chart;

    @BeforeAll
    void open() {
        chart = new ScriptedChart();
    }

    @AfterAll
    void close() {
        chart.close();
    }

    @ParameterizedTest
    @CsvSource({"1.50", "100", "0.0001", "-3.10", "12345678901234567890.12", "7.0"})
    void keepsNumbersAsTheyAreWritten(String number) {
        var row = row("\"valueQuantity\":{\"value\":%s,\"unit\":\"mg/dL\"}".formatted(number));
        assertThat(row.value()).isEqualTo(new BigDecimal(number));
        assertThat(row.value()).hasToString(number);
    }

    @Test
    void takesNothingForANumberThatWouldFillAnAnswer() {
        var row = row("\"valueQuantity\":{\"value\":1E300,\"unit\":\"mg\"}");
        assertThat(row.value()).isNull();
        assertThat(row.text()).startsWith("1000");
    }

    @ParameterizedTest
    @CsvSource({"<", "<=", ">=", ">"})
    void keepsComparators(String comparator) {
        var row = row("\"valueQuantity\":{\"value\":5,\"comparator\":\"%s\",\"unit\":\"mg/L\"}".formatted(comparator));
        assertThat(row.comparator()).isEqualTo(comparator);
        assertThat(row.value()).isEqualTo(new BigDecimal("5"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"unit\":\"milligrams\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mg\"', mg",
        "'\"unit\":\"x10^9/l\",\"system\":\"urn:local\",\"code\":\"G\"', x10^9/l",
        "'\"code\":\"G\"', G",
        "'\"unit\":\"tablets\"', tablets"
    })
    void givesUnitsAsUcumWhereTheyAre(String unit, String shown) {
        assertThat(row("\"valueQuantity\":{\"value\":5,%s}".formatted(unit)).unit())
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "\"valueString\":\"Yellow, turbid\" ~ Yellow, turbid",
                "\"valueCodeableConcept\":{\"text\":\"A positive\",\"coding\":[{\"code\":\"x\"}]} ~ A positive",
                "\"valueCodeableConcept\":{\"coding\":[{\"system\":\"urn:x\",\"code\":\"POS\"}]} ~ POS",
                "\"valueBoolean\":true ~ true",
                "\"valueRange\":{\"low\":{\"value\":3.0,\"unit\":\"mg\"},\"high\":{\"value\":5,\"unit\":\"mg\"}} ~ 3.0 mg - 5 mg",
                "\"valueRatio\":{\"numerator\":{\"value\":1},\"denominator\":{\"value\":160}} ~ 1:160",
                "\"valueRatio\":{\"numerator\":{\"value\":1,\"unit\":\"mg\"},\"denominator\":{\"value\":2,\"unit\":\"mL\"}} ~ 1 mg / 2 mL",
                "\"valueSampledData\":{\"origin\":{\"value\":0},\"period\":10,\"dimensions\":1,\"data\":\"1 2 3\"} ~ sampled data, not shown (1 dimensions, one sample every 10 ms)",
                "\"valueTime\":\"09:30:00\" ~ 09:30:00",
                "\"valueDateTime\":\"2026-03\" ~ 2026-03",
                "\"valuePeriod\":{\"start\":\"2026-03-01\",\"end\":\"2026-03-02\"} ~ 2026-03-01/2026-03-02"
            })
    void givesValuesThatAreNoNumbersAsText(String value, String text) {
        var row = row(value);
        assertThat(row.text()).isEqualTo(text);
        assertThat(row.value()).isNull();
    }

    @Test
    void givesAWholeNumberAsANumber() {
        assertThat(row("\"valueInteger\":3").value()).isEqualTo(new BigDecimal("3"));
    }

    @Test
    void saysWhyThereIsNoValue() {
        assertThat(row("\"dataAbsentReason\":{\"coding\":[{\"code\":\"not-performed\"}]}")
                        .absent())
                .isEqualTo("not-performed");
        assertThat(row("""
                "_valueString":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                "valueCode":"masked"}]}""").absent()).isEqualTo("masked");
        var masked = row("""
                "valueQuantity":{"unit":"mg","_value":{"extension":[
                {"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"error"}]}}""");
        assertThat(masked.absent()).isEqualTo("error");
        assertThat(masked.value()).isNull();
    }

    @Test
    void showsEachPartWithItsOwnValueOrReason() {
        var row = row("""
                "component":[
                 {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6","display":"Systolic"}]},
                  "valueQuantity":{"value":118,"unit":"mm[Hg]"}},
                 {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},
                  "dataAbsentReason":{"coding":[{"code":"not-performed"}]}}]""");
        assertThat(row.components())
                .containsExactly(
                        new Observation.Component(
                                "loinc|8480-6", "Systolic", new BigDecimal("118"), null, "mm[Hg]", null, null),
                        new Observation.Component("loinc|8462-4", null, null, null, null, null, "not-performed"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"low\":{\"value\":3.50,\"unit\":\"mg\"},\"high\":{\"value\":5.1,\"unit\":\"mg\"}} ~ 3.50-5.1",
                "{\"low\":{\"value\":3.5,\"unit\":\"g\"},\"high\":{\"value\":5.1,\"unit\":\"g\"}} ~ 3.5-5.1 g",
                "{\"low\":{\"value\":-2,\"unit\":\"mg\"},\"high\":{\"value\":2,\"unit\":\"mg\"}} ~ -2 to 2",
                "{\"high\":{\"value\":5,\"unit\":\"mg\"}} ~ <=5",
                "{\"low\":{\"value\":5}} ~ >=5",
                "{\"text\":\"negative\"} ~ negative",
                "{\"high\":{\"value\":5},\"appliesTo\":[{\"text\":\"women\"}]},{\"high\":{\"value\":6},\"appliesTo\":[{\"text\":\"men\"}]} ~ <=5 (women); <=6 (men)",
                "{\"high\":{\"value\":9},\"type\":{\"coding\":[{\"code\":\"critical\"}]}},{\"high\":{\"value\":5}} ~ <=5"
            })
    void writesNormalRangesShort(String ranges, String shown) {
        assertThat(row("\"valueQuantity\":{\"value\":4,\"unit\":\"mg\"},\"referenceRange\":[%s]".formatted(ranges))
                        .range())
                .isEqualTo(shown);
    }

    @Test
    void givesFlagsAndStatusOnlyWhereTheySaySomething() {
        var plain = row("\"valueInteger\":1");
        assertThat(plain.flag()).isNull();
        assertThat(plain.status()).isNull();
        var flagged = row("\"interpretation\":[{\"coding\":[{\"code\":\"HH\"}]},{\"text\":\"repeat\"}]");
        assertThat(flagged.flag()).isEqualTo("HH,repeat");
        var normal =
                "\"valueQuantity\":{\"value\":%s,\"unit\":\"mg\"},\"interpretation\":[{\"coding\":[{\"code\":\"N\"}]}]"
                        + ",\"referenceRange\":[{\"low\":{\"value\":3,\"unit\":\"%s\"},\"high\":{\"value\":5}}]";
        assertThat(row(normal.formatted("5", "mg")).flag()).isNull();
        assertThat(row(normal.formatted("6", "mg")).flag()).isEqualTo("N");
        assertThat(row(normal.formatted("4", "g")).flag()).isEqualTo("N");
        assertThat(row(normal.formatted("4", "mg").replace("\"referenceRange\"", "\"x\""))
                        .flag())
                .isEqualTo("N");
        chart.holds(lab("o1", "\"valueInteger\":1").replace("final", "preliminary"));
        assertThat(labs().items().getFirst().status()).isEqualTo("preliminary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "\"effectiveDateTime\":\"2026\" ~ 2026",
                "\"effectiveDateTime\":\"2026-03-01T09:00:00.123+10:00\" ~ 2026-03-01T09:00:00.123+10:00",
                "\"effectivePeriod\":{\"start\":\"2026-03-01T09:00:00Z\",\"end\":\"2026-03-02\"} ~ 2026-03-01T09:00:00Z/2026-03-02",
                "\"effectivePeriod\":{\"start\":\"2026-03-01\"} ~ 2026-03-01",
                "\"effectiveInstant\":\"2026-03-01T09:00:00.000Z\" ~ 2026-03-01T09:00:00.000Z",
                "\"effectiveTiming\":{\"event\":[\"2026-03-01\"]} ~ 2026-03-01",
            })
    void keepsTimesAsExactAsTheyAre(String effective, String shown) {
        assertThat(row(effective).at()).isEqualTo(shown);
    }

    @Test
    void makesDoWithARowThatSaysNothing() {
        var row = row("\"issued\":\"2026-03-01T09:00:00Z\"");
        assertThat(Stream.of(row.value(), row.text(), row.absent(), row.at(), row.range(), row.note()))
                .containsOnlyNulls();
    }

    @Test
    void namesTheCodeEverybodyKnows() {
        chart.holds(ofPatient("Observation", "o1", """
                "status":"final","category":[{"coding":[{"code":"laboratory"}]}],
                "code":{"text":"Hb","coding":[{"system":"urn:local","code":"77","display":"local"},
                 {"system":"http://loinc.org","code":"718-7","display":"Hemoglobin"}]}"""));
        var row = labs().items().getFirst();
        assertThat(row.code()).isEqualTo("loinc|718-7");
        assertThat(row.name()).isEqualTo("Hb");
    }

    /** Which of these rows the caller is shown, the adapter does not know. */
    @Test
    void saysNothingOfTheUnitsOfRowsThatMayBeWithheld() {
        chart.holds(
                lab("o1", "\"valueQuantity\":{\"value\":99,\"unit\":\"mg/dL\"}"),
                lab("o2", "\"valueQuantity\":{\"value\":5.5,\"unit\":\"mmol/L\"}"));
        assertThat(labs().warnings()).isEmpty();
        assertThat(labs().items()).hasSize(2);
    }

    @Test
    void cutsLongWordsWithAMark() {
        var row = row("\"valueString\":\"%s\",\"note\":[{\"text\":\"%s\"},{\"text\":\"second\"}]"
                .formatted("v".repeat(998) + "😀😀", "n".repeat(500)));
        assertThat(row.text()).hasSize(999).endsWith("v…");
        assertThat(row.note()).hasSize(300).endsWith("n…");
    }

    @Test
    void neverShowsTheNarrative() {
        var row = row(
                "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns='http://www.w3.org/1999/xhtml'>secret</div>\"}");
        assertThat(row.toString()).doesNotContain("secret");
    }

    private Observation row(String fields) {
        chart.holds(lab("o1", fields));
        return labs().items().getFirst();
    }

    private Page<Observation> labs() {
        return chart.list(ChartTools.LABS, new LabList(PATIENT, null, null, null, null, null));
    }

    private static String lab(String id, String fields) {
        return ofPatient("Observation", id, """
                "status":"final","category":[{"coding":[{"code":"laboratory"}]}],
                "code":{"coding":[{"system":"http://loinc.org","code":"2339-0","display":"Glucose"}]},%s""".formatted(fields));
    }
}
