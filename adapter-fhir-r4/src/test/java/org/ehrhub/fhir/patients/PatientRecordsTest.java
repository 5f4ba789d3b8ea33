package org.ehrhub.fhir.patients;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
import org.ehrhub.fhir.client.Verdict;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.patients.PatientSearch;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatientRecordsTest {
    private static final URI BASE = URI.create("https://ehr.example/fhir");
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @Test
    void makesDoWithARecordThatHoldsNothing() {
        var nobody = patient("\"id\":\"p1\"");

        assertThat(PatientRecords.patient("alpha", BASE, nobody).patient()).hasToString("alpha/Patient/p1");
        assertThat(PatientRecords.match("alpha", BASE, nobody).name()).isNull();
    }

    @Test
    void takesTheNameInUse() {
        var source = patient("""
                "id":"p1","name":[{"use":"maiden","family":"Old"},{"family":"Hill","given":["Ada","May"]}]""");
        var official = patient("""
                "id":"p1","name":[{"family":"Other"},{"use":"official","text":"Dr Ada Hill","family":"Hill"}]""");

        assertThat(PatientRecords.patient("alpha", BASE, source).name()).isEqualTo("Ada May Hill");
        assertThat(PatientRecords.patient("alpha", BASE, official).name()).isEqualTo("Dr Ada Hill");
    }

    @Test
    void passesOverACityAndACodeThatAreNotThere() {
        var source = patient("""
                "id":"p1","address":[{"text":"No city"},{"city":"Troy"}],
                "identifier":[{"value":"7","type":{"coding":[
                  {"system":"http://terminology.hl7.org/CodeSystem/v2-0203","display":"Number"},
                  {"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]}}]""");

        var match = PatientRecords.match("alpha", BASE, source);

        assertThat(match.city()).isEqualTo("Troy");
        assertThat(match.mrn()).isEqualTo("7");
    }

    @Test
    void leavesOutNamesAndLinesThatOnlySayWhyTheyAreMissing() {
        var absent = """
                {"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}""";
        var source = patient("""
                "id":"p1","name":[{"family":"Hill","given":[null,"Ada"],"_given":[%1$s,null]}],
                "address":[{"line":[null,"1 Main St"],"_line":[%1$s,null]}]""".formatted(absent));

        var patient = PatientRecords.patient("alpha", BASE, source);

        assertThat(patient.details().given()).containsExactly("Ada");
        assertThat(patient.details().addresses().getFirst().lines()).containsExactly("1 Main St");
    }

    @Test
    void keepsDatesAsExactAsTheyAre() {
        var source = patient("""
                "id":"p1","birthDate":"1948-03","deceasedDateTime":"2020-01-02T03:04:05+09:00\"""");

        var patient = PatientRecords.patient("alpha", BASE, source);

        assertThat(patient.birthDate()).isEqualTo("1948-03");
        assertThat(patient.deceasedDate()).isEqualTo("2020-01-02T03:04:05+09:00");
        assertThat(patient.deceased()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "muller, true",
        "MÜL, true",
        "uller, false",
        "O'Brien, false",
    })
    void comparesNamesWithoutCaseAndAccentsFromTheirBeginning(String family, boolean fits) {
        var source = patient("""
                "id":"p1","name":[{"family":"Hill"},{"family":"Müller"}]""");

        assertThat(verdict(source, new PatientSearch(null, family, null, null, null, null, null, null, null)))
                .isEqualTo(fits ? Verdict.FITS : Verdict.FILTER_IGNORED);
    }

    @ParameterizedTest
    @CsvSource({"1948-03-21, true", "1948-03, false", "1948, false", "1948-03-22, false", ", false"})
    void takesALessExactBirthDateForAnother(String held, boolean fits) {
        var source = patient("\"id\":\"p1\",\"name\":[{\"family\":\"Hill\"}]"
                + (held == null ? "" : ",\"birthDate\":\"" + held + "\""));

        assertThat(verdict(source, new PatientSearch(null, "h", null, "1948-03-21", null, null, null, null, null)))
                .isEqualTo(fits ? Verdict.FITS : Verdict.FILTER_IGNORED);
    }

    @ParameterizedTest
    @CsvSource({"urn:x|7, true", "7, true", "urn:y|7, false", "|7, false", "8, false"})
    void comparesIdentifiersWithTheirSystem(String wanted, boolean fits) {
        var source = patient("""
                "id":"p1","identifier":[{"system":"urn:x","value":"7"},{"value":"9"}]""");

        assertThat(verdict(source, new PatientSearch(null, null, null, null, null, wanted, null, null, null)))
                .isEqualTo(fits ? Verdict.FITS : Verdict.FILTER_IGNORED);
    }

    @ParameterizedTest
    @CsvSource({"555-0100, true", "+1 (518) 555 0100, true", "0015185550100, true", "555 0101, false"})
    void comparesOnlyTheDigitsOfPhoneNumbers(String wanted, boolean fits) {
        var source = patient("""
                "id":"p1","telecom":[{"system":"phone","value":"+1-518-555-0100"}]""");

        assertThat(verdict(source, new PatientSearch(null, null, null, null, null, null, wanted, null, null)))
                .isEqualTo(fits ? Verdict.FITS : Verdict.FILTER_IGNORED);
    }

    @Test
    void readsADigitOfAnyScript() {
        var other = patient("""
                "id":"p1","telecom":[{"system":"phone","value":"555-0101"}]""");

        assertThat(verdict(other, new PatientSearch(null, null, null, null, null, null, "٥٥٥٠١٠٠", null, null)))
                .isEqualTo(Verdict.FILTER_IGNORED);
        assertThat(verdict(other, new PatientSearch(null, null, null, null, null, null, "٥٥٥٠١٠١", null, null)))
                .isEqualTo(Verdict.FITS);
    }

    @Test
    void takesNobodysNameToBeginWithAnAccentAlone() {
        var source = patient("""
                "id":"p1","name":[{"family":"Hill"}]""");

        assertThat(verdict(source, new PatientSearch(null, "\u0301", null, null, null, null, null, null, null)))
                .isEqualTo(Verdict.FILTER_IGNORED);
    }

    @ParameterizedTest
    @CsvSource({
        "Patient/p2, alpha/Patient/p2",
        "https://ehr.example/fhir/Patient/p2, alpha/Patient/p2",
        "https://elsewhere.example/fhir/Patient/p2, ",
        "#p2, "
    })
    void namesTheRecordThatTookItsPlace(String other, @Nullable String replacedBy) {
        var source = patient(
                "\"id\":\"p1\",\"link\":[{\"type\":\"replaced-by\",\"other\":{\"reference\":\"" + other + "\"}}]");

        assertThat(PatientRecords.patient("alpha", BASE, source).replacedBy())
                .isEqualTo(replacedBy == null ? null : Reference.parse(replacedBy));
    }

    @Test
    void showsNoRowWithAModifier() {
        var source = patient("""
                "id":"p1","name":[{"family":"Hill"}],
                "modifierExtension":[{"url":"urn:example:not","valueBoolean":true}]""");

        assertThat(verdict(source, new PatientSearch(null, "h", null, null, null, null, null, null, null)))
                .isEqualTo(Verdict.MODIFIED);
    }

    private static Verdict verdict(Patient source, PatientSearch wanted) {
        return new PatientFilter(wanted, true).of(source);
    }

    private static Patient patient(String fields) {
        return FHIR.newJsonParser().parseResource(Patient.class, "{\"resourceType\":\"Patient\"," + fields + "}");
    }
}
