package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that are meant to lead somewhere else: refused before anything is sent, and not repeated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileQueriesIT {
    private static final String MARK = "zzmarkzz";
    private static final Set<ErrorCode> REFUSALS =
            Set.of(ErrorCode.INVALID_INPUT, ErrorCode.DENIED, ErrorCode.UNSUPPORTED);

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterAll
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://zzmarkzz.example/x",
                "HTTPS://zzmarkzz.example/Patient/1",
                "//zzmarkzz.example/x",
                "///zzmarkzz.example",
                "/Patient/zzmarkzz",
                "\\\\zzmarkzz.example\\x",
                "/\\zzmarkzz.example",
                "Patient\\zzmarkzz",
                "http:zzmarkzz",
                "file:///etc/zzmarkzz",
                "javascript:zzmarkzz",
                "user@zzmarkzz.example/Patient",
                "../../admin/zzmarkzz",
                "Patient/../zzmarkzz",
                "Patient/..",
                "Patient/.",
                "Patient/...//zzmarkzz",
                "Patient/%2e%2e/zzmarkzz",
                "%2e%2e/zzmarkzz",
                "Patient%2Fzzmarkzz",
                "Patient/1%2fzzmarkzz",
                "Patient/1%0d%0aX-zzmarkzz:%201",
                "Patient/1%00zzmarkzz",
                "Patient/1;zzmarkzz",
                "Patient/1#zzmarkzz",
                "Patient?name=a#zzmarkzz",
                "Patient/zz mark",
                "Patient/1/zzmarkzz",
                "Patient/1/_history",
                "Patient/1/_history/2",
                "Patient/_history",
                "_history",
                "metadata",
                "Patient/$everything",
                "Patient/1/$everything",
                "$zzmarkzz",
                "Bot/b1/$execute",
                "Patient/1/Observation",
                "Patient/_search?name=zzmarkzz",
                "Patient/",
                "/",
                "?",
                "?name=zzmarkzz",
                "Pаtient/1", // a Cyrillic letter
                "Ｐatient/1", // a wide one
                "Patient／1", // a wide slash
                "Patient/１"
            })
    void refusesAPathThatIsNoTypeWithAnIdOrFilters(String path) {
        assertRefused(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patient",
                "PATIENT",
                "1Patient",
                "Patient?",
                "123",
                "Bot",
                "Bot/b1",
                "User",
                "ProjectMembership",
                "ClientApplication/zzmarkzz",
                "AccessPolicy",
                "Robot?name=zzmarkzz",
                "Resource",
                "DomainResource",
                "Binary/zzmarkzz",
                "AuditEvent",
                "AuditEvent?patient=zzmarkzz",
                "Subscription",
                "Parameters",
                "Bundle/1",
                "OperationDefinition",
                "Endpoint",
                "CapabilityStatement"
            })
    void refusesATypeThatIsNotOneToBeQueried(String path) {
        assertRefused(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/1?_format=xml&_format=json",
                "Patient/1?_id=2",
                "Patient?_format=xml",
                "Patient?_pretty=true",
                "Patient?_elements=name",
                "Patient?_summary=count",
                "Patient?_total=none",
                "Patient?_include=Patient:zzmarkzz",
                "Patient?_include:iterate=*",
                "Patient?_revinclude=Observation:subject",
                "Patient?_has:Observation:patient:code=zzmarkzz",
                "Patient?_filter=name%20eq%20zzmarkzz",
                "Patient?_query=zzmarkzz",
                "Patient?_type=Bot",
                "Patient?_tag=zzmarkzz",
                "Patient?_profile=zzmarkzz",
                "Patient?_security=R",
                "Patient?_text=zzmarkzz",
                "Patient?_content=zzmarkzz",
                "Patient?_list=zzmarkzz",
                "Patient?_getpages=zzmarkzz",
                "Patient?_since=2026",
                "Patient?_contained=true",
                "Observation?subject:Patient.name=zzmarkzz",
                "Observation?patient.name=zzmarkzz",
                "Observation?subject:Patient=1",
                "Observation?code:in=http://zzmarkzz.example/vs",
                "Observation?code:below=1",
                "Observation?code:exact=1",
                "Patient?name:zzmarkzz=1",
                "Patient?identifier:of-type=a|b|c",
                "Patient?zzmarkzz=1",
                "Patient?%5Finclude=*",
                "Patient?_%69nclude=*",
                "Patient?na%6de=zzmarkzz",
                "Patient?name",
                "Patient?=zzmarkzz",
                "Patient?name=",
                "Patient?name=%20",
                "Patient?name=a&",
                "Patient?&name=a",
                "Patient?name=a&&family=b",
                "Patient?name=a?name=b&x",
                "Patient?_count=5&_count=6",
                "Patient?_sort=name&_sort=-name",
                "Patient?_sort=zzmarkzz",
                "Patient?_sort=name%0a",
                "Patient?_sort:asc=name",
                "Patient?_count=0",
                "Patient?_count=-1",
                "Patient?_count=101",
                "Patient?_count=5.0",
                "Patient?_count=zzmarkzz",
                "Patient?_count=%35",
                "Patient?name=a%0d%0aX-zzmarkzz:1",
                "Patient?name=a%00zzmarkzz",
                "Patient?name=a%c0%af",
                "Patient?name=%ff",
                "Patient?name=%zz",
                "Patient?name=%2",
                "Patient?name=a%e2%80%8bzzmarkzz",
                "Patient?name=a%e2%80%aezzmarkzz",
                "Patient?name=a%e2%80%a8zzmarkzz",
                "Patient?name=a+zzmarkzz",
                "Patient?name=a\\zzmarkzz",
                "Patient?name=a,,b",
                "Patient?birthdate=zzmarkzz",
                "Patient?birthdate=2026-02-30",
                "Patient?birthdate=xx2026",
                "Patient?active:missing=zzmarkzz",
                "Location?near=1%7C2%7C3%7Ckm",
                "Observation?patient=https://zzmarkzz.example/fhir/Patient/1",
                "Observation?patient=//zzmarkzz.example/Patient/1",
                "Observation?patient=beta/Patient/zzmarkzz",
                "Observation?patient=Practitioner/1",
                "Observation?patient=Bot/zzmarkzz",
                "Observation?patient=../Patient/zzmarkzz",
                "Observation?patient=..",
                "Observation?patient=1/2",
                "Observation?patient=urn:uuid:zzmarkzz",
                "Observation?patient=Patient/1%3Fzzmarkzz",
                "Observation?patient=1%26_include%3D*",
                "Observation?patient=Patient/1,https://zzmarkzz.example/Patient/2"
            })
    void refusesParametersThatReachFurther(String path) {
        assertRefused(path);
    }

    @ParameterizedTest
    @MethodSource("unseen")
    void refusesCharactersThatNobodySees(String path) {
        assertRefused(path);
    }

    static Stream<String> unseen() {
        return Stream.of(
                "\thttps://zzmarkzz.example/x",
                "\nPatient/1",
                "Patient/1\r\nzzmarkzz",
                "Patient/1\u0000",
                "\uFEFFPatient/1",
                "Patient\u200B/1",
                "Patient/1\u202E",
                "Patient?name=\u200Bzzmarkzz",
                "Patient?name=\uD800zzmarkzz",
                "Patient?name=" + "a".repeat(2000));
    }

    private void assertRefused(String path) {
        ehr.server().answers(request -> new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}"));
        int before = ehr.server().requests().size();
        String said;
        try {
            ToolResult<Page<FhirResource>> result = ehr.list(FhirTools.QUERY, new FhirQuery("alpha", path, null, null));
            assertThat(result).isInstanceOf(ToolResult.Failed.class);
            assertThat(ScriptedEhr.code(result)).isIn(REFUSALS);
            said = result.toString();
        } catch (InvalidArgument e) {
            said = e.getMessage();
        }
        assertThat(said).doesNotContain(MARK);
        assertThat(ehr.server().requests()).hasSize(before);
    }
}
