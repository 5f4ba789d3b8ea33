package org.ehrhub.fhir.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.adapters.ChartAccess.Owned;
import org.ehrhub.adapters.ChartAccess.Written;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose the records are that a write is about, as a server says. */
class RecordOwnersIT {
    private static final Reference ONE = Reference.parse("alpha/Patient/p1");
    private static final Map<String, String> HELD = Map.of(
            "Task/t1", "'for':{'reference':'Patient/p1'}",
            "Appointment/a1",
                    "'participant':[{'actor':{'display':'Dr X'}},{'actor':{'reference':'Patient/p1'}},"
                            + "{'actor':{'reference':'Practitioner/x'}}]",
            "Coverage/v1", "'beneficiary':{'reference':'Patient/p1'}",
            "Observation/o1", "'subject':{'reference':'Patient/p1'}",
            "ServiceRequest/r1",
                    "'meta':{'security':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'PSY'}]},"
                            + "'subject':{'reference':'Patient/p1'}",
            "Task/nobody", "'description':'Order paper'",
            "Task/identifier", "'for':{'identifier':{'value':'MRN-1'}}",
            "Task/elsewhere", "'for':{'reference':'https://other.example/fhir/Patient/p1'}",
            "Task/contained", "'contained':[{'resourceType':'Patient','id':'x'}],'for':{'reference':'#x'}");

    private final ScriptedEhr ehr = new ScriptedEhr(null);
    private final CallContext call = ScriptedEhr.context();

    @BeforeEach
    void holds() {
        ehr.server()
                .answers(request -> HELD.keySet().stream()
                        .filter(name -> request.target().endsWith("/" + name))
                        .findFirst()
                        .map(name -> new Answer(200, resource(name)))
                        .orElse(new Answer(404, "{}")));
    }

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Task/t1", "Appointment/a1", "Coverage/v1", "Observation/o1", "ServiceRequest/r1"})
    void aRecordIsOfItsPatient(String record) {
        assertThat(named(record)).containsExactly(new Owned(Reference.parse("alpha/" + record), Set.of(ONE)));
        assertThat(ehr.server().requests()).hasSize(1);
    }

    @Test
    void theLabelsOfARecordAreNoted() {
        named("ServiceRequest/r1");

        assertThat(call.sensitive().of(Reference.parse("alpha/ServiceRequest/r1")))
                .containsExactly(Sensitivity.MENTAL_HEALTH);
    }

    @Test
    void aRecordMayBeNobodys() {
        assertThat(named("Task/nobody")).containsExactly(new Owned(Reference.parse("alpha/Task/nobody"), Set.of()));
        assertThat(named("Practitioner/x")).isEmpty();
        assertThat(named("Bot/b1")).isEmpty();
        assertThat(ehr.server().requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"Task/identifier,DENIED", "Task/elsewhere,DENIED", "Task/contained,DENIED", "Task/absent,NOT_FOUND"})
    void whatCannotBeToldIsAFailure(String record, ErrorCode code) {
        assertThat(ScriptedEhr.code(answer(new Written(Set.of(Reference.parse("alpha/" + record)), List.of()))))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient/p1", "alpha/Patient/p1", "BASE/Patient/p1"})
    void aCallersFhirIsOfThePatientThatItNames(String subject) {
        assertThat(owned(List.of(observation("'reference':'" + subject + "'"))))
                .containsExactly(new Owned(null, Set.of(ONE)));
        assertThat(ehr.server().requests()).isEmpty();
    }

    @Test
    void aCallersFhirThatNamesAPatientInAnyOtherWayIsRefused() {
        assertThat(ScriptedEhr.code(
                        answer(new Written(Set.of(), List.of(json(observation("'identifier':{'value':'MRN-1'}")))))))
                .isEqualTo(ErrorCode.DENIED);
    }

    @Test
    void aTransactionIsOfEveryPatientWhomItsEntriesName() {
        var bundle = """
                {'resourceType':'Bundle','type':'transaction','entry':[
                 {'fullUrl':'urn:uuid:00000000-0000-4000-8000-000000000001','resource':{'resourceType':'Patient'},
                  'request':{'method':'POST','url':'Patient'}},
                 {'resource':%s,'request':{'method':'POST','url':'Observation'}},
                 {'resource':%s,'request':{'method':'POST','url':'Observation'}},
                 {'request':{'method':'DELETE','url':'Task/t1','ifMatch':'W/\\"1\\"'}}]}""".formatted(
                        observation("'reference':'urn:uuid:00000000-0000-4000-8000-000000000001'"),
                        observation("'reference':'Patient/p2'"));

        assertThat(owned(List.of(bundle)).stream()
                        .flatMap(one -> one.patients().stream())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(ONE, Reference.parse("alpha/Patient/p2"));
    }

    private List<Owned> named(String record) {
        return ok(answer(new Written(Set.of(Reference.parse("alpha/" + record)), List.of())));
    }

    private List<Owned> owned(List<String> fhir) {
        return ok(answer(new Written(Set.of(), fhir.stream().map(this::json).toList())));
    }

    private FhirJson json(String text) {
        return new FhirJson(text.replace('\'', '"')
                .replace("BASE", ehr.server().url("/fhir").toString()));
    }

    private static List<Owned> ok(ToolResult<Page<Owned>> answer) {
        assertThat(answer).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<Page<Owned>>) answer).value().items();
    }

    private ToolResult<Page<Owned>> answer(Written written) {
        try {
            return ehr.adapter().charts().orElseThrow().owners(written, call);
        } catch (EhrFailure e) {
            return e.result();
        }
    }

    private static String observation(String subject) {
        return "{'resourceType':'Observation','status':'final','code':{'text':'x'},'subject':{" + subject + "}}";
    }

    private static String resource(String name) {
        var parts = name.split("/", 2);
        return "{'resourceType':'%s','id':'%s',%s}"
                .formatted(parts[0], parts[1], HELD.get(name))
                .replace('\'', '"');
    }
}
