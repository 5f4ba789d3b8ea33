package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.ehrhub.adapters.Health;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.stub.Client;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirWrite;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pitfall 6, in part: on-behalf-of by the settings only, and its 400 is no bad input. */
class OnBehalfOfIT {
    private static final String POLICY = """
            {"resourceType":"AccessPolicy","resource":[
              {"resourceType":"Patient","criteria":"Patient?family=Mine"},{"resourceType":"Observation","readonly":true}]}""";
    private static final String HEADER = "X-Medplum-On-Behalf-Of";

    private final MedplumStub stub = MedplumStub.start();
    private final Client admin = stub.project().admin("Hub");
    private final String user = stub.user("Smith", POLICY);
    private final String mine = stub.clinic().patient("Mine", "Mia");
    private final String other = stub.clinic().patient("Other", "Ora");

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void asksInTheNameOfTheProfileAndUnderItsPolicy() {
        try (var ehr = ehr(admin, new OnBehalfOf(user, Map.of(), null))) {
            assertThat(get(ehr, mine, "ada")).isInstanceOf(ToolResult.Ok.class);
            assertThat(MedplumEhr.code(get(ehr, other, "ada"))).isEqualTo(ErrorCode.NOT_FOUND);

            assertThat(stub.heard("GET /fhir/R4/" + mine).getFirst().asked().header(HEADER))
                    .contains(user);
        }
    }

    @Test
    void asksInTheNameOfEachUserAsTheSettingsSay() {
        var users = Map.of("ada", stub.membership(user));
        try (var ehr = ehr(admin, new OnBehalfOf(null, users, null))) {
            assertThat(get(ehr, mine, "ada")).isInstanceOf(ToolResult.Ok.class);
            stub.forget();

            assertThat(MedplumEhr.code(get(ehr, mine, "ben"))).isEqualTo(ErrorCode.DENIED);
            assertThat(stub.heard()).isEmpty();
        }
    }

    @Test
    void asksInItsOwnNameForOthersWhereTheSettingsSaySo() {
        var asClient = new OnBehalfOf(null, Map.of("ada", user), OnBehalfOf.Others.AS_CLIENT);
        try (var ehr = ehr(admin, asClient)) {
            assertThat(get(ehr, other, "ben")).isInstanceOf(ToolResult.Ok.class);
        }
    }

    @Test
    void probesInNobodysName() {
        try (var ehr = ehr(admin, new OnBehalfOf(null, Map.of("ada", user), null))) {
            assertThat(ehr.adapter().probe(Duration.ofSeconds(10))).isInstanceOf(Health.Up.class);
            assertThat(stub.heard())
                    .isNotEmpty()
                    .allSatisfy(
                            heard -> assertThat(heard.asked().header(HEADER)).isEmpty());
        }
    }

    @Test
    void saysDeniedWhereTheServerDoesNotLetItActSo() {
        for (var profile : new String[] {"Practitioner/nobody", "ProjectMembership/nobody"}) {
            try (var ehr = ehr(admin, new OnBehalfOf(profile, Map.of(), null))) {
                assertDenied(ehr);
            }
        }
        try (var plain = ehr(stub.client(), new OnBehalfOf(user, Map.of(), null))) {
            assertDenied(plain);
        }
    }

    @Test
    void saysOfListsThatTheUserSeesAPart() {
        try (var ehr = ehr(admin, new OnBehalfOf(user, Map.of(), null))) {
            var input = new PatientSearch(null, "M", null, null, null, null, null, null, null);
            ToolResult<Page<PatientMatch>> result =
                    ehr.call(PatientTools.SEARCH, input, MedplumEhr.context(caller("ada"), "key0123456789"));

            assertThat(((ToolResult.Ok<Page<PatientMatch>>) result).value().warnings())
                    .anyMatch(warning -> warning.contains("in a user's name"));
        }
    }

    private void assertDenied(MedplumEhr ehr) {
        var read = get(ehr, mine, "ada");
        var write = new FhirWrite(
                MedplumEhr.NAME,
                "create",
                "Patient",
                null,
                null,
                new FhirJson("{\"resourceType\":\"Patient\"}"),
                null,
                null,
                null,
                null);
        ToolResult<FhirResource> written = ehr.call(FhirTools.WRITE, write);

        assertThat(MedplumEhr.code(read)).isEqualTo(ErrorCode.DENIED);
        assertThat(MedplumEhr.code(written)).isEqualTo(ErrorCode.DENIED);
        assertThat(read.toString()).contains("on-behalf-of").doesNotContain("OperationOutcomeError");
    }

    private MedplumEhr ehr(Client client, OnBehalfOf onBehalfOf) {
        return TestSettings.of(stub.base(), client).onBehalfOf(onBehalfOf).ehr();
    }

    private static ToolResult<?> get(MedplumEhr ehr, String record, String who) {
        return ehr.call(
                PatientTools.GET,
                new PatientGet(MedplumEhr.ref(record)),
                MedplumEhr.context(caller(who), "key0123456789"));
    }

    private static Caller caller(String subject) {
        return new Caller(subject, Set.of());
    }
}
