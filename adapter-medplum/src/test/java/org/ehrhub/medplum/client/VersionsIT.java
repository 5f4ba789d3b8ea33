package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.live.MedplumHttp;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirWrite;
import org.ehrhub.tools.fhir.FhirWrite.Change;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pitfalls 3 and 13: which version a write goes to, and records that were deleted. */
@Tag("medplum")
class VersionsIT {
    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private final MedplumEhr ehr = TestSettings.of(medplum).ehr();
    private final MedplumHttp http = medplum.http();
    private final String patient = medplum.clinic().patient("Version", "Vic");
    private final String id = patient.substring("Patient/".length());

    @AfterEach
    void close() {
        ehr.close();
        medplum.close();
    }

    @Test
    void aPutOfTheVersionThatItSawIsDone() {
        var version = version();

        ToolResult.Ok<FhirResource> written = ehr.done(FhirTools.WRITE, update(version));

        assertThat(written.value().version()).isNotEqualTo(version).isEqualTo(version());
        assertThat(written.warnings()).isEmpty();
        assertThat(MedplumEhr.code(ehr.call(FhirTools.WRITE, update(version)))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void aPutSendsItsVersionInQuotesWhichAloneIsHeeded() {
        var stub = medplum.stub();
        var version = version();

        ehr.done(FhirTools.WRITE, update(version));

        assertThat(stub.heard("PUT /fhir/R4/" + patient).getFirst().asked().header("If-Match"))
                .contains("W/\"" + version + "\"");
    }

    @Test
    void aPutThatComesTooLateChangesNothing() {
        var version = version();
        raceOnce("PUT");

        ToolResult<?> late = ehr.call(FhirTools.WRITE, update(version));

        assertThat(MedplumEhr.code(late)).isEqualTo(ErrorCode.CONFLICT);
        assertThat(http.get("fhir/R4/" + patient).text()).contains("raced").doesNotContain("\"male\"");
    }

    @Test
    void aPatchTestsTheVersionItselfAndComesTooLateWith400() {
        var version = version();
        raceOnce("PATCH");

        ToolResult<?> late = ehr.call(FhirTools.WRITE, patch(version));

        assertThat(MedplumEhr.code(late)).isEqualTo(ErrorCode.CONFLICT);
        assertThat(medplum.stub()
                        .heard("PATCH /fhir/R4/" + patient)
                        .getFirst()
                        .asked()
                        .text())
                .startsWith("[{\"op\":\"test\",\"path\":\"/meta/versionId\",\"value\":\"" + version + "\"}");
        assertThat(http.get("fhir/R4/" + patient).text()).contains("raced");
    }

    @Test
    void aPatchInTimeIsDone() {
        ToolResult.Ok<FhirResource> written = ehr.done(FhirTools.WRITE, patch(version()));

        assertThat(written.value().resource().text()).contains("\"gender\":\"male\"");
        assertThat(written.warnings()).isEmpty();
    }

    @Test
    void anUpdateDoesNotReviveWhatWasDeleted() {
        var version = version();
        http.delete("fhir/R4/" + patient);

        assertThat(MedplumEhr.code(ehr.call(FhirTools.WRITE, update(version)))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(MedplumEhr.code(ehr.call(FhirTools.WRITE, patch(version)))).isEqualTo(ErrorCode.NOT_FOUND);

        assertThat(http.get("fhir/R4/" + patient).status()).isEqualTo(410);
    }

    @Test
    void aDeleteIsDoneOnceAndAgainIsNotFound() {
        var version = version();
        var delete = write("delete", version, null, null);

        ehr.done(FhirTools.WRITE, delete);

        assertThat(http.get("fhir/R4/" + patient).status()).isEqualTo(410);
        assertThat(MedplumEhr.code(ehr.call(FhirTools.WRITE, delete))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    /** Somebody else changes the record between the hub's reading and its writing. */
    private void raceOnce(String method) {
        var raced = new AtomicBoolean();
        medplum.stub().fail(asked -> {
            if (asked.method().equals(method) && asked.path().endsWith(id) && raced.compareAndSet(false, true)) {
                var now = http.get("fhir/R4/" + patient).text();
                http.put("fhir/R4/" + patient, now.replace("\"given\":[\"Vic\"]", "\"given\":[\"raced\"]"));
            }
            return false;
        });
    }

    private String version() {
        return http.get("fhir/R4/" + patient).version();
    }

    private FhirWrite update(String version) {
        var resource = """
                {"resourceType":"Patient","id":"%s","name":[{"family":"Version"}],"gender":"male"}""".formatted(id);
        return write("update", version, new FhirJson(resource), null);
    }

    private FhirWrite patch(String version) {
        return write("patch", version, null, List.of(new Change("replace", "/gender", "\"male\"")));
    }

    private FhirWrite write(
            String operation, String version, @Nullable FhirJson resource, @Nullable List<Change> patch) {
        return new FhirWrite(
                MedplumEhr.NAME, operation, null, MedplumEhr.ref(patient), version, resource, patch, null, null, null);
    }
}
