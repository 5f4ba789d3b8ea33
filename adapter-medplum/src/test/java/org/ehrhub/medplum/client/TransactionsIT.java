package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirTransaction;
import org.ehrhub.tools.fhir.FhirTransactionOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pitfall 2: without the project's feature a transaction is not atomic, and still says that it was one. */
@Tag("medplum")
class TransactionsIT {
    private static final FhirTransaction TWO = new FhirTransaction(MedplumEhr.NAME, new FhirJson("""
            {"resourceType":"Bundle","type":"transaction","entry":[
              {"fullUrl":"urn:uuid:5225c308-08fa-4602-9b80-9a08b46da359",
               "resource":{"resourceType":"Patient","name":[{"family":"Both"}]},
               "request":{"method":"POST","url":"Patient"}},
              {"resource":{"resourceType":"Observation","status":"final","code":{"text":"note"},
                "subject":{"reference":"urn:uuid:5225c308-08fa-4602-9b80-9a08b46da359"}},
               "request":{"method":"POST","url":"Observation"}}]}"""), null, null);

    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private final MedplumEhr ehr = TestSettings.of(medplum).ehr();

    @AfterEach
    void close() {
        ehr.close();
        medplum.close();
    }

    @Test
    void areDoneWhereTheProjectHasTheFeature() {
        ToolResult.Ok<FhirTransactionOutcome> done = ehr.done(FhirTools.TRANSACTION, TWO);

        var written = done.value().entries().stream()
                .map(entry -> Objects.requireNonNull(entry.ref()))
                .map(ref -> ref.type() + "/" + ref.id())
                .toList();
        assertThat(written).hasSize(2);
        var note = medplum.http().get("fhir/R4/" + written.getLast()).json();
        assertThat(note.path("subject").path("reference").asString()).isEqualTo(written.getFirst());
        written.forEach(reference -> medplum.http().delete("fhir/R4/" + reference));
    }

    @Test
    void areUndoneAsAWholeWhereOneEntryFails() {
        var mark = "Half" + System.nanoTime();
        var half = TWO.bundle().text().replace("Both", mark).replace("\"code\":{\"text\":\"note\"},", "");

        ToolResult<?> failed =
                ehr.call(FhirTools.TRANSACTION, new FhirTransaction(MedplumEhr.NAME, new FhirJson(half), null, null));

        assertThat(failed).isInstanceOf(ToolResult.Failed.class);
        assertThat(medplum.http().get("fhir/R4/Patient?family=" + mark).json().has("entry"))
                .isFalse();
    }

    @Test
    void areRefusedAndWithheldWithTheReasonWhereItHasNot() {
        var stub = medplum.stub();
        stub.project().feature("transaction-bundles", false);

        ToolResult<?> refused = ehr.call(FhirTools.TRANSACTION, TWO);

        assertThat(MedplumEhr.code(refused)).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(stub.all("Patient")).isEmpty();
        assertThat(stub.heard("POST /fhir/R4")).isEmpty();
        assertThat(ehr.adapter().handlers().names()).doesNotContain("fhir.transaction");
        assertThat(ehr.adapter().handlers().withheld().get("fhir.transaction")).contains("transaction-bundles");
    }

    @Test
    void areWithheldOnceTheServerWasProbed() {
        var stub = medplum.stub();
        stub.project().feature("transaction-bundles", false);

        ehr.adapter().probe(Duration.ofSeconds(10));

        assertThat(ehr.adapter().handlers().withheld()).containsKey("fhir.transaction");
    }

    @Test
    void areRefusedWhereItIsNotKnown() {
        var stub = medplum.stub();
        stub.fail(asked -> asked.line().equals("GET /auth/me"));

        ToolResult<?> refused = ehr.call(FhirTools.TRANSACTION, TWO);

        assertThat(MedplumEhr.code(refused)).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(stub.all("Patient")).isEmpty();
        assertThat(stub.heard("POST /fhir/R4")).isEmpty();
    }
}
