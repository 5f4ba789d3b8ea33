package org.ehrhub.fhir.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.Coded;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.terminology.Concept;
import org.ehrhub.tools.terminology.TerminologyExpand;
import org.ehrhub.tools.terminology.TerminologyLookup;
import org.ehrhub.tools.terminology.TerminologyTools;
import org.ehrhub.tools.terminology.TerminologyTranslate;
import org.ehrhub.tools.terminology.TerminologyValidate;
import org.ehrhub.tools.terminology.Translation;
import org.ehrhub.tools.terminology.Validation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What terminology services are asked, and what is made of answers that differ as much as theirs do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminologyIT {
    private static final String SET = "https://codes.example/ValueSet/a";

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterAll
    void close() {
        ehr.close();
    }

    @Test
    void looksACodeUp() {
        answers("""
                {"resourceType":"Parameters","parameter":[{"name":"name","valueString":"LOINC"},
                 {"name":"version","valueString":"2.78"},{"name":"display","valueString":"Hemoglobin A1c"},
                 {"name":"designation","part":[{"name":"language","valueCode":"de"},{"name":"value","valueString":"HbA1c"}]},
                 {"name":"designation","part":[{"name":"value"}]},
                 {"name":"property","part":[{"name":"code","valueCode":"definition"},{"name":"value","valueString":"Told."}]}]}""");

        var concept = value(lookup("loinc|4548-4"));

        assertThat(concept.code()).isEqualTo("loinc|4548-4");
        assertThat(concept.display()).isEqualTo("Hemoglobin A1c");
        assertThat(concept.system()).isEqualTo("LOINC");
        assertThat(concept.version()).isEqualTo("2.78");
        assertThat(concept.definition()).isEqualTo("Told.");
        assertThat(concept.designations()).containsExactly("HbA1c");
        assertThat(asked()).isEqualTo("/fhir/CodeSystem/$lookup?system=http%3A%2F%2Floinc.org&code=4548-4");
    }

    @Test
    void tellsACodeThatIsNotThereFromAServiceThatIsNot() {
        ehr.server()
                .answers(request -> request.target().contains("$lookup")
                        ? new Answer(404, "{}")
                        : new Answer(200, parameters("{\"name\":\"result\",\"valueBoolean\":false}")));
        assertThat(ScriptedEhr.code(lookup("loinc|0-0"))).isEqualTo(ErrorCode.NOT_FOUND);

        ehr.server().answers(request -> new Answer(404, "{}"));
        assertThat(ScriptedEhr.code(lookup("loinc|0-1"))).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(ehr.adapter().handlers().names()).contains("terminology.lookup");
    }

    @Test
    void checksACodeInItsSystemOrInAValueSet() {
        answers(parameters("""
                {"name":"result","valueBoolean":false},{"name":"display","valueString":"Right"},
                {"name":"message","valueString":"The display is wrong"}"""));

        var checked = value(validate("loinc|4548-4", null, "Wrong & other"));
        assertThat(checked).isEqualTo(new Validation(false, "Right", "The display is wrong"));
        assertThat(asked())
                .isEqualTo("/fhir/CodeSystem/$validate-code?url=http%3A%2F%2Floinc.org&code=4548-4"
                        + "&display=Wrong%20%26%20other");

        value(validate("loinc|4548-4", SET, null));
        assertThat(asked())
                .isEqualTo("/fhir/ValueSet/$validate-code?url=https%3A%2F%2Fcodes.example%2FValueSet%2Fa"
                        + "&system=http%3A%2F%2Floinc.org&code=4548-4");
    }

    @Test
    void takesNoAnswerWithoutAResultForANo() {
        answers(parameters("{\"name\":\"display\",\"valueString\":\"x\"}"));

        assertThat(ScriptedEhr.code(validate("loinc|1", null, null))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(ScriptedEhr.code(translate("snomed|1", "icd10cm"))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
    }

    @Test
    void translatesIntoTheSystemAskedForOnly() {
        answers(parameters("""
                {"name":"result","valueBoolean":true},
                {"name":"match","part":[{"name":"equivalence","valueCode":"wider"},
                 {"name":"concept","valueCoding":{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I10","display":"HT"}},
                 {"name":"source","valueUri":"https://codes.example/ConceptMap/m"}]},
                {"name":"match","part":[{"name":"concept","valueCoding":{"system":"urn:other","code":"X"}}]},
                {"name":"match","part":[]}"""));

        var told = translate("snomed|38341003", "icd10cm");

        assertThat(value(told).found()).isTrue();
        assertThat(value(told).matches())
                .containsExactly(
                        new Translation.Match("icd10cm|I10", "HT", "wider", "https://codes.example/ConceptMap/m"));
        assertThat(((ToolResult.Ok<?>) told).warnings()).hasSize(1);
        assertThat(asked())
                .isEqualTo("/fhir/ConceptMap/$translate?system=http%3A%2F%2Fsnomed.info%2Fsct&code=38341003"
                        + "&targetsystem=http%3A%2F%2Fhl7.org%2Ffhir%2Fsid%2Ficd-10-cm");
    }

    @Test
    void pagesThroughAServiceThatPages() {
        answers(expansion("\"total\":5,\"offset\":2,", "c", "d"));

        var page = value(expand(null, 2, "2"));

        assertThat(page.items()).extracting(Coded::code).containsExactly("urn:s|c", "urn:s|d");
        assertThat(page.nextOrNull()).isEqualTo("4");
        assertThat(page.total()).hasValue(5);
        assertThat(asked()).endsWith("&offset=2&count=2");
    }

    @Test
    void cutsThePagesItselfWhereTheServiceGivesAll() {
        answers(expansion("", "a", "b", "c", "d", "e"));

        assertThat(value(expand(null, 2, null)).nextOrNull()).isEqualTo("2");
        assertThat(value(expand(null, 2, "2")).items()).extracting(Coded::code).containsExactly("urn:s|c", "urn:s|d");
        var last = value(expand(null, 2, "4"));
        assertThat(last.items()).hasSize(1);
        assertThat(last.complete()).isTrue();
        assertThat(last.total()).hasValue(5);
    }

    @Test
    void takesThePartItselfFromAServiceThatGivesTheWholeOrFails() {
        ehr.server()
                .answers(request -> request.target().contains("count=")
                        ? new Answer(500, "{\"resourceType\":\"OperationOutcome\"}")
                        : new Answer(200, expansion("\"total\":5,", "a", "b", "c", "d", "e")));

        var page = value(expand(null, 2, "2"));

        assertThat(page.items()).extracting(Coded::code).containsExactly("urn:s|c", "urn:s|d");
        assertThat(page.nextOrNull()).isEqualTo("4");
    }

    @Test
    void doesNotCallAListCompleteThatMayGoOn() {
        answers(expansion("", "a", "b"));

        var page = value(expand(null, 2, null));

        assertThat(page.complete()).isFalse();
        assertThat(page.nextOrNull()).isNull();
    }

    @Test
    void filtersItselfWhereTheServiceDoesNotSayThatItDid() {
        answers(expansion("\"total\":3,\"offset\":0,", "asthma", "allergic Asthma", "ulcer"));
        var page = value(expand("asth", 20, null));
        assertThat(page.items()).hasSize(2);
        assertThat(page.warnings()).containsExactly("1 row whose words do not hold `filter` was left out.");
        assertThat(page.total()).isEmpty();

        answers(expansion(
                "\"total\":1,\"offset\":0,\"parameter\":[{\"name\":\"filter\",\"valueString\":\"heart attack\"}],",
                "Myocardial infarction"));
        assertThat(value(expand("heart attack", 20, null)).items()).hasSize(1);
    }

    @Test
    void showsWhatIsBelowAnAbstractConcept() {
        answers("""
                {"resourceType":"ValueSet","expansion":{"total":1,"offset":0,"contains":[{"abstract":true,"code":"g","display":"Group",
                 "contains":[{"system":"urn:s","code":"a","display":"A"}]}]}}""");

        assertThat(value(expand(null, 20, null)).items()).containsExactly(new Coded("urn:s|a", "A"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4548-4",
                "zzmark|1",
                "http://x y|1",
                "../zzmark|1",
                "//zzmark|1",
                "http://x\u200B|1",
                "http://x\"|1"
            })
    void refusesACodeWithoutASystemsUri(String code) {
        int before = ehr.server().requests().size();

        for (ToolResult<?> refused :
                new ToolResult<?>[] {lookup(code), validate(code, null, null), translate(code, "loinc")}) {
            assertThat(ScriptedEhr.code(refused)).isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(refused.toString()).doesNotContain("zzmark");
        }
        assertThat(ehr.server().requests()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zzmark", "../a", "http://x y", "/ValueSet/a"})
    void refusesAValueSetThatIsNoUri(String set) {
        int before = ehr.server().requests().size();

        assertThat(ScriptedEhr.code(
                        ehr.list(TerminologyTools.EXPAND, new TerminologyExpand("alpha", set, null, null, null))))
                .isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(ScriptedEhr.code(validate("loinc|1", set, null))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(ehr.server().requests()).hasSize(before);
    }

    private ToolResult<Concept> lookup(String code) {
        return ehr.call(TerminologyTools.LOOKUP, new TerminologyLookup("alpha", code));
    }

    private ToolResult<Validation> validate(String code, @Nullable String set, @Nullable String display) {
        return ehr.call(TerminologyTools.VALIDATE, new TerminologyValidate("alpha", code, set, display));
    }

    private ToolResult<Translation> translate(String code, String target) {
        return ehr.call(TerminologyTools.TRANSLATE, new TerminologyTranslate("alpha", code, target, null));
    }

    private ToolResult<Page<Coded>> expand(@Nullable String filter, int rows, @Nullable String cursor) {
        return ehr.call(
                TerminologyTools.EXPAND,
                new TerminologyExpand("alpha", SET, filter, cursor, rows),
                ScriptedEhr.context().at(cursor));
    }

    private void answers(String body) {
        ehr.server().answers(request -> new Answer(200, body));
    }

    private String asked() {
        return ehr.server().requests().getLast().target();
    }

    private static <T extends Record> T value(ToolResult<T> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<T>) result).value();
    }

    private static String parameters(String parameters) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[" + parameters + "]}";
    }

    private static String expansion(String head, String... codes) {
        var contains = java.util.stream.Stream.of(codes)
                .map("{\"system\":\"urn:s\",\"code\":\"%1$s\",\"display\":\"%1$s\"}"::formatted)
                .toList();
        return "{\"resourceType\":\"ValueSet\",\"expansion\":{" + head + "\"contains\":[" + String.join(",", contains)
                + "]}}";
    }
}
