package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.StoredQuery;
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

/** Queries in GraphQL that the settings hold: what is sent, and what of the answer is given. */
class GraphReadingIT {
    private static final String CHART =
            "query Chart($patient: ID!, $count: Int, $code: String, $all: Boolean) { Patient(id: $patient) { id } }";

    private final ScriptedEhr ehr =
            ScriptedEhr.running(List.of(), List.of(new StoredQuery("chart", CHART), new StoredQuery("other", CHART)));

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "patient=alpha/Patient/p1 ! {\"patient\":\"p1\"}",
                "patient=Patient/p1 ! {\"patient\":\"p1\"}",
                "patient=p1&count=5&all=true&code=loinc%7C1%22%7D ! {\"patient\":\"p1\",\"count\":5,\"all\":true,\"code\":\"loinc|1\\\"}\"}"
            })
    void sendsTheStoredTextWithTheCallersVariables(String given, String variables) {
        ehr.server().answers(request -> json("{\"data\":{\"Patient\":{\"id\":\"p1\"}}}"));

        var page = ok(ask("$graphql/chart?" + given, ScriptedEhr.context()));

        assertThat(ehr.server().requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/fhir/$graphql");
            assertThat(request.headers()).containsEntry("content-type", "application/json");
            assertThat(request.body()).isEqualTo("{\"query\":\"" + CHART + "\",\"variables\":" + variables + "}");
        });
        assertThat(page.items()).singleElement().satisfies(row -> {
            assertThat(row.subject()).isEqualTo(Reference.parse("alpha/Patient/p1"));
            assertThat(row.resource().text()).isEqualTo("{\"Patient\":{\"id\":\"p1\"}}");
        });
    }

    @Test
    void countsWhateverItGivesAsSensitiveBecauseItHasNoLabels() {
        ehr.server().answers(request -> json("{\"data\":{\"Patient\":{\"id\":\"p1\"}}}"));
        var call = ScriptedEhr.context();

        ok(ask("$graphql/chart?patient=p1", call));

        assertThat(call.sensitive().ofAll()).containsExactlyInAnyOrder(Sensitivity.values());
    }

    @Test
    void saysWhatTheEhrDidNotGive() {
        ehr.server()
                .answers(request ->
                        json("{\"errors\":[{\"message\":\"told\"}],\"data\":{\"a\":{\"id\":\"p1\"},\"b\":null}}"));
        var partly = ok(ask("$graphql/chart?patient=p1", ScriptedEhr.context()));
        assertThat(partly.complete()).isFalse();
        assertThat(partly.warnings()).containsExactly("The EHR answered parts of the query only.");

        ehr.server().answers(request -> json("{\"errors\":[{\"message\":\"told\"}],\"data\":{\"a\":null}}"));
        assertThat(failed("$graphql/chart?patient=p1")).isEqualTo(ErrorCode.NOT_FOUND);

        ehr.server().answers(request -> json("{\"errors\":[{\"message\":\"told\"}]}"));
        assertThat(failed("$graphql/chart?patient=p1")).isEqualTo(ErrorCode.EHR_UNAVAILABLE);

        ehr.server().answers(request -> json("told"));
        assertThat(failed("$graphql/chart?patient=p1")).isEqualTo(ErrorCode.EHR_UNAVAILABLE);

        ehr.server().answers(request -> new Answer(400, "{\"resourceType\":\"OperationOutcome\"}"));
        assertThat(failed("$graphql/chart?patient=p1")).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void leavesOutAddressesThatAnybodyCouldFetch() {
        ehr.server().answers(request -> json("""
                {"data":{"Patient":{"photo":[{"url":"https://store.example/x?Signature=s3cret"}],
                 "extension":[{"url":"http://a.example/x"}]}}}"""));

        var page = ok(ask("$graphql/chart?patient=p1", ScriptedEhr.context()));

        assertThat(page.items().getFirst().resource().text())
                .contains("http://a.example/x")
                .doesNotContain("s3cret");
        assertThat(page.warnings()).containsExactly("Left out: 1 address by which anybody could fetch a document.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$graphql",
                "$graphql?query={Patient(id:1){id}}",
                "$graphql?query=mutation%7BPatientDelete(id:1)%7Bid%7D%7D",
                "$graphql/",
                "$graphql/?patient=p1",
                "$graphql/unknown?patient=p1",
                "$graphql/chart/other?patient=p1",
                "$graphql/../chart?patient=p1",
                "$graphql/Chart?patient=p1",
                "$graphql/chart",
                "$graphql/chart?",
                "$graphql/chart?patient=",
                "$graphql/chart?patient=p1&patient=p2",
                "$graphql/chart?patient=p1&query=x",
                "$graphql/chart?patient=p1&operationName=x",
                "$graphql/chart?patient=../Bot/b1",
                "$graphql/chart?patient=Bot/b1",
                "$graphql/chart?patient=beta/Patient/p1",
                "$graphql/chart?patient=https://evil.example/Patient/p1",
                "$graphql/chart?patient=p1&count=1e9",
                "$graphql/chart?patient=p1&count=99999999999",
                "$graphql/chart?patient=p1&all=yes",
                "$graphql/chart?patient=p1&code=%00",
                "Patient/p1/$graphql",
                "Patient/$graphql?query=x"
            })
    void sendsNothingButStoredQueriesWithVariablesThatFit(String path) {
        assertThat(failed(path)).isIn(Set.of(ErrorCode.INVALID_INPUT, ErrorCode.DENIED));
        assertThat(ehr.server().requests()).isEmpty();
    }

    private ErrorCode failed(String path) {
        var result = ask(path, ScriptedEhr.context());
        assertThat(result.toString()).doesNotContain("told");
        return ScriptedEhr.code(result);
    }

    private ToolResult<Page<FhirResource>> ask(String path, CallContext call) {
        return ehr.call(FhirTools.QUERY, new FhirQuery("alpha", path, null, null), call);
    }

    private static Page<FhirResource> ok(ToolResult<Page<FhirResource>> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<Page<FhirResource>>) result).value();
    }

    private static Answer json(String body) {
        return new Answer(200, body).with("Content-Type", "application/json");
    }
}
