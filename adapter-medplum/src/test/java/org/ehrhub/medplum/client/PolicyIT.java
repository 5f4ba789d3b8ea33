package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.live.MedplumHttp;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirWrite;
import org.ehrhub.tools.fhir.FhirWrite.Change;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pitfalls 6 and 8: what an access policy hides, refuses without a reason, and drops without a word. */
class PolicyIT {
    private static final String POLICY = """
            {"resourceType":"AccessPolicy","resource":[
              {"resourceType":"Patient","criteria":"Patient?address-state=TX","readonlyFields":["gender"]},
              {"resourceType":"Observation","readonly":true}]}""";
    private static final String PERSON = """
            {"resourceType":"Patient","name":[{"family":"Policy"}],"gender":"female","address":[{"state":"%s"}]}""";

    private final MedplumStub stub = MedplumStub.start();
    private final MedplumEhr ehr = MedplumEhr.as(stub.project().limited("Limited", POLICY), stub.base());
    private final MedplumHttp http =
            new MedplumHttp(stub.base(), stub.client().id(), stub.client().secret());
    private final String inside = stub.put(PERSON.formatted("TX"));
    private final String outside = stub.put(PERSON.formatted("CA"));

    @AfterEach
    void close() {
        ehr.close();
        http.close();
        stub.close();
    }

    @Test
    void listsSayThatTheyMayBeAPart() {
        ehr.adapter().probe(Duration.ofSeconds(10));

        var page = ehr.list(
                PatientTools.SEARCH, new PatientSearch(null, "Policy", null, null, null, null, null, null, null));

        assertThat(page.items()).hasSize(1);
        assertThat(page.warnings()).singleElement().asString().contains("access policy");
    }

    @Test
    void whatIsOutsideIsNotFoundAndWhatIsNotAllowedIsDenied() {
        assertThat(MedplumEhr.code(ehr.call(PatientTools.GET, new PatientGet(MedplumEhr.ref(outside)))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        var note = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}";
        var create = new FhirWrite(
                MedplumEhr.NAME, "create", "Observation", null, null, new FhirJson(note), null, null, null, null);
        assertThat(MedplumEhr.code(ehr.call(FhirTools.WRITE, create))).isEqualTo(ErrorCode.DENIED);
        assertThat(stub.all("Observation")).isEmpty();
    }

    @Test
    void anUpdateSaysWhichChangesWereDropped() {
        var person = PERSON.formatted("TX")
                .replace("female", "male")
                .replace("\"name\"", "\"active\":true,\"id\":\"" + inside.substring(8) + "\",\"name\"");

        ToolResult.Ok<FhirResource> written = ehr.done(
                FhirTools.WRITE,
                new FhirWrite(
                        MedplumEhr.NAME,
                        "update",
                        null,
                        MedplumEhr.ref(inside),
                        version(),
                        new FhirJson(person),
                        null,
                        null,
                        null,
                        null));

        assertThat(written.value().resource().text())
                .contains("\"active\":true")
                .contains("female");
        assertThat(written.warnings())
                .singleElement()
                .asString()
                .contains("`gender`")
                .doesNotContain("active");
    }

    @Test
    void aPatchSaysWhichChangesWereDropped() {
        ToolResult.Ok<FhirResource> written = ehr.done(
                FhirTools.WRITE,
                new FhirWrite(
                        MedplumEhr.NAME,
                        "patch",
                        null,
                        MedplumEhr.ref(inside),
                        version(),
                        null,
                        List.of(new Change("replace", "/gender", "\"male\""), new Change("add", "/active", "true")),
                        null,
                        null,
                        null));

        assertThat(written.warnings())
                .singleElement()
                .asString()
                .contains("`gender`")
                .doesNotContain("active");
    }

    private String version() {
        return http.get("fhir/R4/" + inside).version();
    }
}
