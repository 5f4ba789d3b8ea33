package org.ehrhub.fhir.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.ehrhub.fhir.Handlers;
import org.ehrhub.fhir.SandboxEhr;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.documents.Document;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.documents.NoteDraft;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirTransaction;
import org.ehrhub.tools.fhir.FhirTransactionOutcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the sandbox holds of who wrote a record, after the write. */
class ProvenanceIT {
    private static final Reference PATIENT = Reference.parse("stmarys/Patient/sm-1002");
    private static final Caller BOT = new Caller(
                    "dr.abbott", Set.of("doctor"), "https://login.example", "scribe-app", Set.of(), Set.of(), "TREAT")
            .through("scribe");

    private static SandboxEhr ehr;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        ehr = new SandboxEhr("stmarys", null);
        ehr.adapter().probe(Duration.ofSeconds(20));
    }

    @AfterAll
    static void stop() {
        ehr.close();
        HTTP.close();
    }

    private static CallContext call(String key) {
        return new CallContext("call-1", BOT, Instant.now().plusSeconds(20), null, key)
                .approved("https://login.example|dr.baker");
    }

    private static String newKey() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static ToolResult.Ok<Document> note(CallContext call) {
        var note = new NoteDraft(PATIENT, "Marker title", "Marker text", null, null, null, null);
        return ok(Handlers.call(ehr.adapter(), DocumentTools.DRAFT_NOTE, note, call));
    }

    private static <O extends Record> ToolResult.Ok<O> ok(ToolResult<O> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return (ToolResult.Ok<O>) result;
    }

    private static List<Provenance> held(String query) throws Exception {
        var url = URI.create(ehr.sandbox().baseUrl("stmarys") + "/Provenance?" + query);
        var answer = HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
        var bundle = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, answer.body());
        return bundle.getEntry().stream()
                .map(entry -> (Provenance) entry.getResource())
                .toList();
    }

    private static List<Provenance> of(Reference record) throws Exception {
        return held("target=" + record.type() + "/" + record.id());
    }

    @Test
    void saysWhichAgentWroteItForWhomAndWhoApprovedIt() throws Exception {
        var call = call(newKey());

        var done = note(call);

        assertThat(done.warnings()).isEmpty();
        var provenance = of(done.value().ref()).getFirst();
        assertThat(provenance.getTargetFirstRep().getReference())
                .isEqualTo("DocumentReference/" + done.value().ref().id() + "/_history/1");
        assertThat(provenance.getActivity().getCodingFirstRep().getCode()).isEqualTo("CREATE");
        assertThat(provenance.getReasonFirstRep().getCodingFirstRep().getCode()).isEqualTo("TREAT");
        assertThat(provenance.getRecorded()).isNotNull();
        assertThat(provenance.getAgent())
                .extracting(agent -> agent.getType().getCodingFirstRep().getCode())
                .containsExactly("author", "verifier");
        var author = provenance.getAgent().getFirst();
        assertThat(author.getWho().getResource())
                .isInstanceOfSatisfying(
                        Device.class,
                        device -> assertThat(device.getIdentifier())
                                .extracting(id -> id.getSystem() + " " + id.getValue())
                                .containsExactly(
                                        "urn:ehr-hub:client scribe-app",
                                        "urn:ehr-hub:principal https://login.example|scribe"));
        assertThat(author.getOnBehalfOf().getIdentifier().getValue()).isEqualTo("https://login.example|dr.abbott");
        assertThat(provenance.getAgent().getLast().getWho().getIdentifier().getValue())
                .isEqualTo("https://login.example|dr.baker");
        assertThat(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(provenance))
                .doesNotContain("Marker", "sm-1002");
        assertThat(call.downstream().of("stmarys")).contains("POST 201 x2");
    }

    @Test
    void isNotDoubledByARepeat() throws Exception {
        var key = newKey();
        var first = note(call(key));

        var again = note(call(key));

        assertThat(again.warnings()).isEmpty();
        assertThat(again.value()).isEqualTo(first.value());
        assertThat(of(first.value().ref())).hasSize(1);
    }

    @Test
    void tellsWhatWasMadeFromWhatWasChanged() throws Exception {
        var key = newKey();
        ToolResult<Page<Slot>> slots =
                Handlers.call(ehr.adapter(), AppointmentTools.SLOT_SEARCH, ehr.freeTimes(), call(key));
        var slot = ok(slots).value().items().getFirst();
        var booking = new AppointmentCreate(PATIENT, slot.slotRef(), null, null, null);

        ToolResult<Appointment> booked = Handlers.call(ehr.adapter(), AppointmentTools.CREATE, booking, call(key));

        var appointment = ok(booked).value().appointment();
        assertThat(ok(booked).warnings()).isEmpty();
        assertThat(of(appointment))
                .singleElement()
                .extracting(one -> one.getActivity().getCodingFirstRep().getCode())
                .isEqualTo("CREATE");
        assertThat(held("_tag=urn:ehrhub:write-key%7C" + key + "-UPDATE"))
                .singleElement()
                .extracting(one -> one.getTargetFirstRep().getReference())
                .asString()
                .matches("Slot/.+/_history/2");
    }

    @Test
    void isOfEachEntryOfATransaction() throws Exception {
        var key = newKey();
        var task = "{\"resourceType\":\"Task\",\"status\":\"requested\",\"intent\":\"order\","
                + "\"for\":{\"reference\":\"Patient/sm-1002\"}}";
        var entry = "{\"resource\":" + task + ",\"request\":{\"method\":\"POST\",\"url\":\"Task\"}}";
        var bundle = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + entry + "," + entry + "]}";

        ToolResult<FhirTransactionOutcome> done = Handlers.call(
                ehr.adapter(),
                FhirTools.TRANSACTION,
                new FhirTransaction("stmarys", new FhirJson(bundle), null, null),
                call(key));

        assertThat(ok(done).warnings()).isEmpty();
        assertThat(held("_tag=urn:ehrhub:write-key%7C" + key + "-CREATE"))
                .singleElement()
                .satisfies(one -> assertThat(one.getTarget())
                        .hasSize(2)
                        .allMatch(target -> target.getReference().matches("Task/.+/_history/1")));
    }
}
