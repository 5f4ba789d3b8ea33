package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;
import org.ehrhub.fhir.Operation;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that the settings call reads: what is sent, and what of the answer is given. */
class OperationReadingIT {
    private final ScriptedEhr ehr = ScriptedEhr.running(
            List.of(
                    new Operation("Patient/$everything", true),
                    new Operation("ValueSet/$expand", true),
                    new Operation("CodeSystem/$lookup", true),
                    new Operation("Patient/$score", true),
                    new Operation("Encounter/$score", true),
                    new Operation("Composition/$document", true),
                    new Operation("Patient/$renew", null)),
            List.of());

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Patient/p1/$everything ! Patient/p1/$everything",
                "Patient/$everything ! Patient/$everything",
                "Patient/p1/$everything?_type=Observation&_type=Condition&_since=2026-01-01T00:00:00+01:00 ! Patient/p1/$everything?_since=2026-01-01T00%3A00%3A00%2B01%3A00&_type=Observation&_type=Condition",
                "Patient/p1/$everything?_type=Observation,Condition ! Patient/p1/$everything?_type=Observation&_type=Condition",
                "Patient/p1/$everything?_type=Observation ! Patient/p1/$everything?_type=Observation&_type=Observation",
                "Patient/$everything?patient=alpha/Patient/p1 ! Patient/$everything?patient=Patient%2Fp1",
                "ValueSet/$expand?url=http://a.example/vs?x%26y ! ValueSet/$expand?url=http%3A%2F%2Fa.example%2Fvs%3Fx%26y"
            })
    void sendsOneGetEncodedAnew(String path, String sent) {
        ehr.server().answers(request -> bundle(""));

        query(path);

        assertThat(ehr.server().requests())
                .extracting(Request::method, Request::target)
                .containsExactly(tuple("GET", "/fhir/" + sent));
    }

    @Test
    void givesTheAnswerRecordByRecordWithoutWhatIsNotToBeShown() {
        ehr.server().answers(request -> bundle("""
                {"resource":{"resourceType":"Patient","id":"p1"},"search":{"mode":"match"}},
                {"resource":{"resourceType":"Practitioner","id":"p1"},"search":{"mode":"include"}},
                {"resource":{"resourceType":"AuditEvent","id":"e1"}},
                {"resource":{"resourceType":"Binary","id":"b1","contentType":"text/plain","data":"dG9sZA=="}},
                {"resource":{"resourceType":"Observation","id":"o2","status":"entered-in-error"}},
                {"resource":{"resourceType":"Observation","id":"o1","status":"final",
                  "meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]},
                  "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">told</div>"},
                  "subject":{"reference":"Patient/p1"}}}"""));
        var call = ScriptedEhr.context();

        var page = ok(ask("Patient/p1/$everything", null, call));

        assertThat(page.items())
                .extracting(row -> String.valueOf(row.ref()), row -> String.valueOf(row.subject()))
                .containsExactly(
                        tuple("alpha/Patient/p1", "alpha/Patient/p1"),
                        tuple("alpha/Practitioner/p1", "null"),
                        tuple("alpha/Observation/o1", "alpha/Patient/p1"));
        assertThat(page.items().toString()).doesNotContain("told", "dG9sZA");
        assertThat(page.warnings())
                .containsExactly(
                        "Left out: 1 row that was entered in error.",
                        "Left out: 2 rows of types that this tool does not touch.");
        assertThat(call.sensitive().of(Reference.parse("alpha/Observation/o1")))
                .containsExactly(Sensitivity.MENTAL_HEALTH);
    }

    @Test
    void goesOnWhereTheLimitWasReached() {
        ehr.server()
                .answers(request -> request.target().contains("$everything")
                        ? new Answer(200, """
                        {"resourceType":"Bundle","type":"searchset","link":[{"relation":"next","url":"%s"}],"entry":[
                         {"resource":{"resourceType":"Patient","id":"p1"}},{"resource":{"resourceType":"Flag","id":"f1"}}]}""".formatted(ehr.server().url("/fhir/Patient?_compartment=p1&_offset=2")))
                        : bundle("{\"resource\":{\"resourceType\":\"Goal\",\"id\":\"g1\"}}"));

        var first = ok(ask("Patient/p1/$everything", 1, ScriptedEhr.context()));
        assertThat(first.items()).extracting(row -> String.valueOf(row.ref())).containsExactly("alpha/Patient/p1");
        assertThat(first.complete()).isFalse();

        var rest = ok(ask(
                "Patient/p1/$everything",
                null,
                ScriptedEhr.context().at(first.next().orElseThrow())));
        assertThat(rest.items())
                .extracting(row -> String.valueOf(row.ref()))
                .containsExactly("alpha/Flag/f1", "alpha/Goal/g1");
        assertThat(ehr.server().requests()).extracting(Request::method).containsOnly("GET");
    }

    @Test
    void givesAResourceOfTheTypeItWasAskedOfAndValuesThatCanOnlyBeOfThePatientOrOfNobody() {
        ehr.server().answers(request -> new Answer(200, "{\"resourceType\":\"ValueSet\",\"id\":\"v1\"}"));
        assertThat(query("ValueSet/$expand?url=urn:v").items()).hasSize(1);

        var values =
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"display\",\"valueString\":\"Fever\"}]}";
        ehr.server().answers(request -> new Answer(200, values));
        assertThat(query("CodeSystem/$lookup?code=1").items())
                .singleElement()
                .satisfies(row -> assertThat(row.resource().text()).contains("Fever"));
        assertThat(query("Patient/p1/$score").items())
                .singleElement()
                .satisfies(row -> assertThat(row.subject()).isEqualTo(Reference.parse("alpha/Patient/p1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Encounter/e1/$score ! {'resourceType':'Parameters','parameter':[{'name':'a','valueString':'b'}]}",
                "Patient/$score ! {'resourceType':'Parameters','parameter':[{'name':'a','valueString':'b'}]}",
                "Patient/p1/$score ! {'resourceType':'Parameters','parameter':[{'name':'a','part':[{'name':'b','resource':{'resourceType':'Patient','id':'p2'}}]}]}",
                "Patient/p1/$score ! {'resourceType':'AuditEvent','id':'a1'}",
                "Patient/p1/$score ! {'resourceType':'Subscription','id':'s1'}"
            })
    void refusesAnAnswerThatPolicyCouldNotBeHeldTo(String path, String answer) {
        ehr.server().answers(request -> new Answer(200, answer.replace('\'', '"')));

        assertThat(ScriptedEhr.code(ask(path, null, ScriptedEhr.context()))).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/p1/$renew",
                "Patient/$renew?code=1",
                "Patient/p1/$expunge",
                "Observation/o1/$everything",
                "Bot/b1/$execute",
                "Bot/$execute?identifier=a",
                "Agent/a1/$push",
                "Patient/p1/$everything/$execute",
                "Patient/p1/$everything/more",
                "Patient/p1/p2/$everything",
                "/Patient/p1/$everything",
                "../Patient/p1/$everything",
                "Patient/../$everything",
                "Patient/./$everything",
                "https://evil.example/Patient/p1/$everything",
                "//evil.example/Patient/$everything",
                "Patient/p1/$Everything",
                "Patient/p1/%24everything",
                "patient/p1/$everything",
                "$everything",
                "$everything?_type=Patient",
                "Patient/p1/$everything#x",
                "Patient/p1/$everything?",
                "Patient/p1/$everything?_format=xml",
                "Patient/p1/$everything?_method=POST",
                "Patient/p1/$everything?=1",
                "Patient/p1/$everything?a",
                "Patient/p1/$everything?a=",
                "Patient/p1/$everything?a=%00",
                "Patient/p1/$everything?a=%zz",
                "Patient/p1/$everything?a%0d%0ab=1",
                "Composition/c1/$document?persist=true"
            })
    void sendsNothingThatIsNotAReadOfTheSettings(String path) {
        ehr.server().answers(request -> bundle(""));

        assertThat(ScriptedEhr.code(ask(path, null, ScriptedEhr.context())))
                .isIn(Set.of(ErrorCode.INVALID_INPUT, ErrorCode.DENIED));
        assertThat(ehr.server().requests()).isEmpty();
    }

    private Page<FhirResource> query(String path) {
        return ok(ask(path, null, ScriptedEhr.context()));
    }

    private ToolResult<Page<FhirResource>> ask(String path, Integer limit, CallContext call) {
        return ehr.call(FhirTools.QUERY, new FhirQuery("alpha", path, null, limit), call);
    }

    private static Page<FhirResource> ok(ToolResult<Page<FhirResource>> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<Page<FhirResource>>) result).value();
    }

    private static Answer bundle(String entries) {
        return new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + entries + "]}");
    }
}
