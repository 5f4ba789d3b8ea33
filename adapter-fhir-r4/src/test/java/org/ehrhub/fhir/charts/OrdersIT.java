package org.ehrhub.fhir.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.fhir.charts.ScriptedChart.PATIENT;
import static org.ehrhub.fhir.charts.ScriptedChart.foundWith;
import static org.ehrhub.fhir.charts.ScriptedChart.ofPatient;

import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.Medication;
import org.ehrhub.tools.charts.MedicationList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders of medicines, as servers write them and as the hub shows them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdersIT {
    private ScriptedChart chart;

    @BeforeAll
    void open() {
        chart = new ScriptedChart();
    }

    @AfterAll
    void close() {
        chart.close();
    }

    @Test
    void listsActiveOrdersUnlessToldOtherwise() {
        chart.holds(order("m1", "\"status\":\"active\""), order("m2", "\"status\":\"stopped\""));
        assertThat(orders(null).items()).extracting(row -> row.ref().id()).containsExactly("m1");
        assertThat(chart.asked().getLast())
                .isEqualTo("MedicationRequest?patient=Patient%2Fp1&intent=proposal%2Cplan%2Corder%2Coriginal-order"
                        + "%2Creflex-order%2Cfiller-order%2Cinstance-order%2Coption&status=active&_sort=-authoredon"
                        + "&_include=MedicationRequest%3Amedication&_count=20");
        assertThat(orders("any").items()).hasSize(2);
        assertThat(chart.asked().getLast()).doesNotContain("status");
    }

    @Test
    void neverShowsAnOrderNotToGiveAMedicine() {
        chart.holds(order("m1", "\"status\":\"active\",\"doNotPerform\":true"), order("m2", "\"status\":\"active\""));
        var page = orders(null);
        assertThat(page.items()).extracting(row -> row.ref().id()).containsExactly("m2");
        assertThat(page.warnings())
                .singleElement()
                .asString()
                .contains("1 row saying that a medicine must NOT be given");
    }

    @Test
    void withholdsAnOrderWhoseDoseIsModified() {
        chart.holds(order("m1", """
                "status":"active","dosageInstruction":[{"text":"daily","modifierExtension":[{"url":"urn:x","valueBoolean":true}]}]"""));
        assertThat(orders(null).items()).isEmpty();
        assertThat(orders(null).warnings()).singleElement().asString().startsWith("Withheld: 1 row");
    }

    @Test
    void findsTheMedicineSentAlongOrHeldInTheOrderOrReadsIt() {
        var medicine = """
                {"resourceType":"Medication","id":"%s","code":{"coding":[
                 {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"310965","display":"ibuprofen"}]}}""";
        var byReference = ofPatient("MedicationRequest", "m1", """
                "status":"active","intent":"order","medicationReference":{"reference":"Medication/d1"}""");
        chart.ehr().server().answers(request -> foundWith(byReference, medicine.formatted("d1")));
        assertThat(orders(null).items()).extracting(Medication::code).containsExactly("rxnorm|310965");
        var held = ofPatient("MedicationRequest", "m1", """
                "contained":[%s],"status":"active","intent":"order","medicationReference":{"reference":"#d1"}""".formatted(medicine.formatted("d1")));
        chart.holds(held);
        assertThat(orders(null).items()).extracting(Medication::name).containsExactly("ibuprofen");
        chart.ehr()
                .server()
                .answers(request -> request.target().equals("/fhir/Medication/d1")
                        ? new Answer(200, medicine.formatted("d1"))
                        : ScriptedChart.found("", byReference, byReference.replace("\"m1\"", "\"m2\"")));
        assertThat(orders(null).items()).extracting(Medication::name).containsExactly("ibuprofen", "ibuprofen");
        assertThat(chart.asked())
                .filteredOn(target -> target.equals("Medication/d1"))
                .hasSize(1);
    }

    @Test
    void saysWhenItIsNotKnownWhichMedicineAnOrderIsFor() {
        var byReference = ofPatient("MedicationRequest", "m1", """
                "status":"active","intent":"order","medicationReference":{"reference":"Medication/gone"}""");
        chart.ehr()
                .server()
                .answers(request -> request.target().contains("gone")
                        ? new Answer(404, "{}")
                        : ScriptedChart.found("", byReference));
        assertThat(orders(null).warnings()).containsExactly("The EHR did not say of 1 order which medicine is meant.");
        var shown = byReference.replace("Medication/gone\"", "Medication/gone\",\"display\":\"Ibuprofen 200 mg\"");
        chart.holds(shown);
        assertThat(orders(null).items()).extracting(Medication::name).containsExactly("Ibuprofen 200 mg");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"text\":\"Twice daily\"} ~ Twice daily",
                "{\"patientInstruction\":\"With food\"} ~ With food",
                "{\"text\":\"one\"},{\"text\":\"then two\"} ~ one; then two",
                "{\"timing\":{\"repeat\":{\"frequency\":2,\"period\":1.0,\"periodUnit\":\"d\"}},\"asNeededBoolean\":true,\"route\":{\"text\":\"oral\"},\"doseAndRate\":[{\"doseQuantity\":{\"value\":1.5,\"unit\":\"tablet\"}}]} ~ 1.5 tablet, oral, 2x per d, as needed",
                "{\"timing\":{\"code\":{\"text\":\"BID\"}},\"doseAndRate\":[{\"doseRange\":{\"low\":{\"value\":1},\"high\":{\"value\":2}}}]} ~ 1 - 2, BID"
            })
    void saysHowToTakeAMedicine(String dosage, String shown) {
        chart.holds(order("m1", "\"status\":\"active\",\"dosageInstruction\":[%s]".formatted(dosage)));
        assertThat(orders(null).items()).extracting(Medication::dose).containsExactly(shown);
    }

    @Test
    void showsWhoOrderedAndWhetherItIsOnlyThePatientsWord() {
        chart.holds(order("m1", """
                "status":"active","reportedBoolean":true,"authoredOn":"2026-03","requester":{"reference":"Practitioner/x","display":"Dr. Moor"},
                "reasonCode":[{"text":"pain"}]""").replace("\"order\"", "\"plan\""));
        var order = orders(null).items().getFirst();
        assertThat(order.intent()).isEqualTo("plan");
        assertThat(order.reported()).isTrue();
        assertThat(order.requester()).isEqualTo("Dr. Moor");
        assertThat(order.reason()).isEqualTo("pain");
        assertThat(order.authored()).isEqualTo("2026-03");
    }

    private Page<Medication> orders(@Nullable String status) {
        return chart.list(ChartTools.MEDICATIONS, new MedicationList(PATIENT, status, null, null));
    }

    private static String order(String id, String fields) {
        return ofPatient("MedicationRequest", id, """
                "intent":"order","medicationCodeableConcept":{"text":"Ibuprofen"},%s""".formatted(fields));
    }
}
