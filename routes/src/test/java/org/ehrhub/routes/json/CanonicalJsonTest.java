package org.ehrhub.routes.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.ListAnswer;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientDetails;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.search.Fetched;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CanonicalJsonTest {
    private final CanonicalJson json = new CanonicalJson(new Seals(new byte[32]));

    @Test
    void leavesOutNoTextThatAContractPromises() {
        var json = new CanonicalJson(new Seals(new byte[32]));
        var empty = new Fetched(Reference.parse("alpha/DocumentReference/d1"), "", "", "ehrhub:x", null);

        assertThat(json.wire().writeValueAsString(empty)).isEqualTo("""
                {"id":"alpha/DocumentReference/d1","title":"","text":"","url":"ehrhub:x"}""");
    }

    @Test
    void writesReferencesAsTextAndLeavesOutWhatIsNotThere() {
        var patient = new Patient(
                Reference.parse("alpha/Patient/a1"),
                "Ada",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                null,
                null,
                null,
                null);

        assertThat(json.wire().writeValueAsString(patient))
                .isEqualTo("{\"patient\":\"alpha/Patient/a1\",\"name\":\"Ada\",\"active\":true}");
    }

    @Test
    void showsTheListsOfAnEnvelopeEvenWhenTheyAreEmpty() {
        var empty = new ListAnswer<Patient>(List.of(), 0, true, null, List.of(), List.of());

        assertThat(json.wire().writeValueAsString(empty))
                .isEqualTo("{\"sources\":[],\"returned\":0,\"complete\":true,\"warnings\":[],\"items\":[]}");
    }

    @Test
    void keepsTheOffsetOfATimeBothWays() {
        var read = json.read(
                tree("{\"from\":\"2026-03-02T09:00:00-05:00\",\"to\":\"2026-03-03T09:00:00.250+05:30\"}"),
                SlotSearch.class);

        assertThat(read.from()).isEqualTo(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"));
        assertThat(read.from().getOffset().toString()).isEqualTo("-05:00");
        assertThat(json.plain(read)).contains("2026-03-02T09:00:00-05:00").contains("2026-03-03T09:00:00.25+05:30");
        assertThat(json.wire().writeValueAsString(new Provenance("a", Instant.parse("2026-03-02T09:00:00Z"), null)))
                .contains("\"2026-03-02T09:00:00Z\"");
    }

    @Test
    void sealsASlotSoThatOnlyItsEhrsFormOpensAgain() {
        var slot = new Slot(new SlotRef("alpha", "secret-1"), OffsetDateTime.MIN, OffsetDateTime.MAX, null, null, null);
        var wire = json.wire().valueToTree(slot).get("slotRef").stringValue();

        assertThat(wire).startsWith("alpha/slot/").doesNotContain("secret-1");
        assertThat(create(wire).slotRef()).isEqualTo(slot.slotRef());
        assertThatThrownBy(() -> create(wire.replace("alpha/slot/", "alpha/Slot/")))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith("`slotRef`");
    }

    @Test
    void aDigestedSlotIsTheSameEachTime() {
        var input =
                new AppointmentCreate(Reference.parse("alpha/Patient/a1"), new SlotRef("alpha", "s"), null, null, null);

        assertThat(json.plain(input)).isEqualTo(json.plain(input)).contains("\"content\":\"s\"");
    }

    @Test
    void namesTheArgumentThatHoldsABadReference() {
        assertThatThrownBy(() -> json.read(tree("{\"patient\":\"x\"}"), PatientGet.class))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("`patient` must have the form ehr/Type/id, as another tool returned it");
    }

    @Test
    void namesTheArgumentThatItCannotRead() {
        assertThatThrownBy(() ->
                        json.read(tree("{\"from\":\"2026-03-02\",\"to\":\"2026-03-03T09:00:00Z\"}"), SlotSearch.class))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith("`from`")
                .hasMessageNotContaining("2026");
    }

    @Test
    void cleansTextWhereverItStands() {
        var patient = new Patient(
                Reference.parse("alpha/Patient/a1"),
                "A\u202eda",
                null,
                null,
                null,
                "+1\u200b555",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new PatientDetails(null, List.of("A\u0000da"), List.of(), List.of(), List.of()));
        var tree = json.wire().valueToTree(patient);

        assertThat(tree.get("name").stringValue()).isEqualTo("Ada");
        assertThat(tree.get("details").get("given").get(0).stringValue()).isEqualTo("Ada");
        assertThat(tree.get("phone").stringValue()).isEqualTo("+1555");
    }

    private AppointmentCreate create(String slotRef) {
        return json.read(
                tree("{\"patient\":\"alpha/Patient/a1\",\"slotRef\":\"" + slotRef + "\"}"), AppointmentCreate.class);
    }

    private JsonNode tree(String text) {
        return json.wire().readTree(text);
    }
}
