package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirWrite;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pitfall 6: "not allowed" is said as 404, as 400, and as 403 without a reason. */
class NotAllowedPitfallsIT {
    private static final String POLICY = """
            {"resourceType":"AccessPolicy","resource":[
              {"resourceType":"Patient","criteria":"Patient?address-state=TX"},
              {"resourceType":"Observation","readonly":true}]}""";

    private final MedplumStub stub = MedplumStub.start();
    private final String hidden = stub.put(
            "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Hidden\"}],\"address\":[{\"state\":\"CA\"}]}");
    private final MedplumEhr narrow = MedplumEhr.as(stub.project().limited("Narrow", POLICY), stub.base());

    @AfterEach
    void close() {
        narrow.close();
        stub.close();
    }

    @Test
    void a404MayMeanNotAllowedSoTheHubLeavesBothOpen() {
        var unseen = failed(read(narrow, hidden));
        var absent = failed(read(narrow, "Patient/12188d0a-18d9-4aa3-a6d5-d478f8d09922"));

        assertThat(unseen.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(unseen.message()).isEqualTo(absent.message());
        assertThat(ErrorCode.NOT_FOUND.meaning()).contains("or does not show it to this hub");
    }

    @Test
    void a400MayMeanNotAllowedSoOnBehalfOfIsDeniedAndNoBadInput() {
        var nobody = new OnBehalfOf("Practitioner/nobody", Map.of(), null);
        try (var ehr = TestSettings.of(stub.base(), stub.project().admin("Hub"))
                .onBehalfOf(nobody)
                .ehr()) {
            assertThat(failed(read(ehr, hidden)).code()).isEqualTo(ErrorCode.DENIED);
        }
        assertThat(stub.heard()).anyMatch(heard -> heard.status() == 400);
    }

    @Test
    void a403HasNoReasonSoTheHubMakesNoneUp() {
        var note = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}";
        var write = new FhirWrite(
                MedplumEhr.NAME, "create", "Observation", null, null, new FhirJson(note), null, null, null, null);

        var denied = failed(narrow.call(FhirTools.WRITE, write));

        assertThat(denied.code()).isEqualTo(ErrorCode.DENIED);
        assertThat(denied.message()).isEqualTo("The EHR does not let the hub do this.");
        assertThat(stub.heard()).anyMatch(heard -> heard.status() == 403);
    }

    private static ToolResult<?> read(MedplumEhr ehr, String record) {
        return ehr.call(PatientTools.GET, new PatientGet(MedplumEhr.ref(record)));
    }

    private static ToolResult.Failed<?> failed(ToolResult<?> result) {
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        return (ToolResult.Failed<?>) result;
    }
}
