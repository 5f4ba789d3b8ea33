package org.ehrhub.server.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.server.adversarial.StubbedHub.code;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.ehrhub.server.adversarial.StubServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are no answers: a read fails and says of whom, a write is of unknown outcome, and none is a fault of the hub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenAnswersIT {
    /** So many that none fails often enough to be left alone. */
    private static final int EHRS = 60;

    private final StubServer ehr = new StubServer();
    private StubbedHub hub;
    private int turn;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        ehr.answers(target -> new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}"));
        var ehrs = new HashMap<String, String>();
        for (int i = 0; i < EHRS; i++) {
            ehrs.put("e" + i, ehr.url("/fhir").toString());
        }
        hub = StubbedHub.of(folder, ehrs);
    }

    @AfterAll
    void stop() {
        hub.close();
        ehr.close();
    }

    @SuppressWarnings("MethodLength") // a list
    static Stream<String> bodies() {
        return Stream.of(
                "",
                " ",
                "null",
                "[]",
                "{}",
                "\"Patient\"",
                "1e999999999",
                "{\"resourceType\":\"Patient\"",
                "{\"resourceType\":\"Patient\"}}",
                "{\"resourceType\":null,\"id\":\"p1\"}",
                "{\"resourceType\":5,\"id\":\"p1\"}",
                "{\"resourceType\":[\"Patient\"],\"id\":\"p1\"}",
                "{\"resourceType\":\"patient\",\"id\":\"p1\"}",
                "{\"resourceType\":\"NoSuchThing\",\"id\":\"p1\"}",
                "{\"resourceType\":\"Basic\",\"id\":\"p1\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"resourceType\":\"Basic\"}",
                "\ufeff\ufeff{\"resourceType\":\"Patient\",\"id\":\"p1\"}",
                "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"p1\"/></Patient>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Patient><id value=\"&e;\"/></Patient>",
                "{\"resourceType\":\"Bundle\",\"entry\":[null]}",
                "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{}}]}",
                "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":\"Patient\"}]}",
                "{\"resourceType\":\"Bundle\",\"total\":1e99999}",
                "{\"resourceType\":\"Bundle\",\"link\":\"next\"}",
                "[".repeat(5000),
                "{\"a\":".repeat(5000));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void isSaidToBeTheEhrsFailure(String body) {
        ehr.answers(target -> new Answer(200, body));

        for (var call : List.of(
                List.of("patient.get", "{'patient':'EHR/Patient/p1'}"),
                List.of("patient.search", "{'ehr':'EHR','family':'Hill'}"),
                List.of("lab.list", "{'patient':'EHR/Patient/p1'}"),
                List.of("fhir.query", "{'ehr':'EHR','path':'Patient/p1'}"))) {
            var answer = hub.call(call.get(0), call.get(1).replace("EHR", "e" + turn++ % EHRS));

            assertThat(code(answer)).as(call.get(0)).isIn("EHR_UNAVAILABLE", "UNSUPPORTED");
            assertThat(answer.text()).doesNotContain("passwd").doesNotContain("NoSuchThing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"fullUrl\":\"https://ehr.example/fhir/Patient/1\"}"})
    void countsAnEntryThatHoldsNothing(String entry) {
        ehr.answers(target ->
                new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + entry + "]}"));

        var answer = hub.call("patient.search", "{'ehr':'e0','family':'Hill'}");

        assertThat(answer.json().get("items")).isEmpty();
        assertThat(answer.json().get("warnings").toString()).contains("1 row that was of another kind");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void leavesAWriteOfUnknownOutcome(String body) {
        var person = "{\"resourceType\":\"Patient\",\"id\":\"p1\"}";
        ehr.answers(target -> new Answer(200, target.startsWith("GET /fhir/Patient/") ? person : body));

        var name = "e" + turn++ % EHRS;
        var answer = hub.call("task.create", "{'patient':'" + name + "/Patient/p1','title':'Call'}");

        assertThat(code(answer)).isEqualTo("OUTCOME_UNKNOWN");
    }

    @Test
    void aPersonOfWhomNothingIsKnownIsCalledByReference() {
        ehr.answers(target -> new Answer(200, """
                {"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Patient","id":"p1",
                 "identifier":[{"value":"7"}]}}]}"""));

        var hit = hub.call("search", "{'query':'7'}").json().get("results").get(0);

        assertThat(hit.get("title").stringValue()).isEqualTo(hit.get("id").stringValue());
    }

    @Test
    void aPatientOfAnotherPlaceIsLikeOneWhoIsNowhere() {
        ehr.answers(target -> target.contains("/Patient/")
                ? new Answer(target.contains("p2") ? 404 : 410, "{\"resourceType\":\"OperationOutcome\"}")
                : new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}"));

        for (var call : List.of("patient.get", "lab.list", "appointment.list", "coverage.list")) {
            var elsewhere = hub.call(call, "{'patient':'e0/Patient/p2'}");
            var nowhere = hub.call(call, "{'patient':'e0/Patient/p3'}");

            assertThat(told(elsewhere.text())).as(call).isEqualTo(told(nowhere.text()));
        }
    }

    private static String told(String answer) {
        return answer.replaceAll("\"(callId|asOf)\":\"[^\"]*\"", "");
    }
}
