package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pitfall 2: without the project's feature a transaction is not atomic, and still says that it was one. */
class TransactionsIT {
    private static final FhirTransaction TWO = new FhirTransaction(MedplumEhr.NAME, new FhirJson("""
            {"resourceType":"Bundle","type":"transaction","entry":[
              {"fullUrl":"urn:uuid:5225c308-08fa-4602-9b80-9a08b46da359",
               "resource":{"resourceType":"Patient","name":[{"family":"Both"}]},
               "request":{"method":"POST","url":"Patient"}},
              {"resource":{"resourceType":"Observation","status":"final","code":{"text":"note"},
                "subject":{"reference":"urn:uuid:5225c308-08fa-4602-9b80-9a08b46da359"}},
               "request":{"method":"POST","url":"Observation"}}]}"""), null, null);

    private final MedplumStub stub = MedplumStub.start();
    private final MedplumEhr ehr = MedplumEhr.as(stub.client(), stub.base());

    @AfterEach
    void close() {
        ehr.close();
        stub.close();
    }

    @Test
    void areDoneWhereTheProjectHasTheFeature() {
        ehr.done(FhirTools.TRANSACTION, TWO);

        assertThat(stub.all("Patient")).hasSize(1);
        assertThat(stub.all("Observation")).hasSize(1);
    }

    @Test
    void areRefusedAndWithheldWithTheReasonWhereItHasNot() {
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
        stub.project().feature("transaction-bundles", false);

        ehr.adapter().probe(Duration.ofSeconds(10));

        assertThat(ehr.adapter().handlers().withheld()).containsKey("fhir.transaction");
    }

    @Test
    void areRefusedWhereItIsNotKnown() {
        stub.fail(asked -> asked.line().equals("GET /auth/me"));

        ToolResult<?> refused = ehr.call(FhirTools.TRANSACTION, TWO);

        assertThat(MedplumEhr.code(refused)).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(stub.all("Patient")).isEmpty();
        assertThat(stub.heard("POST /fhir/R4")).isEmpty();
    }
}
