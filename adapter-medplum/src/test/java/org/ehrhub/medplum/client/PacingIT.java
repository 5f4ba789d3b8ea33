package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirWrite;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitfall 7, in part: the hub paces itself before the server refuses it. */
class PacingIT {
    private final MedplumStub stub = MedplumStub.start();
    private final MedplumEhr ehr = MedplumEhr.as(stub.client(), stub.base());
    private final String patient = stub.clinic().patient("Pace", "Pia");

    @AfterEach
    void close() {
        ehr.close();
        stub.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesStopBeforeTheServerWouldRefuseThem(boolean twoHeaders) {
        stub.limits().interactions(400);
        stub.limits().twoHeaders(twoHeaders);

        var results = Stream.generate(this::write).limit(6).toList();

        assertThat(results.getFirst()).isInstanceOf(ToolResult.Ok.class);
        assertThat(MedplumEhr.code(results.getLast())).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(((ToolResult.Failed<?>) results.getLast()).hint()).matches("Try again after \\d+ seconds\\.");
        assertThat(stub.heard()).noneMatch(heard -> heard.status() == 429);
        assertThat(get()).isInstanceOf(ToolResult.Ok.class); // reads still fit
    }

    @Test
    void a429WithoutRetryAfterSaysWhen() {
        stub.limits().interactions(0);

        var refused = get();

        assertThat(MedplumEhr.code(refused)).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(((ToolResult.Failed<?>) refused).hint()).matches("Try again after (59|60) seconds\\.");
        assertThat(stub.heard()).anyMatch(heard -> heard.status() == 429);
    }

    private ToolResult<?> write() {
        return ehr.call(
                FhirTools.WRITE,
                new FhirWrite(
                        MedplumEhr.NAME,
                        "create",
                        "Patient",
                        null,
                        null,
                        new FhirJson("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Paced\"}]}"),
                        null,
                        null,
                        null,
                        null),
                MedplumEhr.context(new Caller("test", Set.of()), "key" + System.nanoTime()));
    }

    private ToolResult<?> get() {
        return ehr.call(PatientTools.GET, new PatientGet(MedplumEhr.ref(patient)));
    }
}
