package org.ehrhub.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.ehrhub.sandbox.Sandbox;
import org.ehrhub.server.approvals.ApprovalDesk;
import org.ehrhub.server.mcp.LoginServer;
import org.ehrhub.server.soak.LossyDoor.Fate;
import org.ehrhub.tools.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what agents ask to be written, over MCP and HTTP: approved by people only, and never told as done in part. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentWritesIT {
    private static final Caller DOCTOR = new Caller("os:doctor", Set.of("doctor"));
    private static final String NADIA =
            "'ehr':'stmarys','family':'%s','given':['Nadia'],'birthDate':'%s'," + "'gender':'female'";
    private static final String POLICY = """
            allow:
              - ehr: stmarys
                reads: true
                writes: [patient.create, patient.update, coverage.record, appointment.create, appointment.cancel,
                  questionnaire.submit, intake.sync, task.create, task.update, message.send, fhir.transaction]
            approvers: [{role: doctor}]
            """;

    private LoginServer login;
    private Sandbox sandbox;
    private LossyDoor ehr;
    private LoggedInHub hub;
    private Agent agent;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        login = new LoginServer();
        sandbox = Sandbox.start(0, Clock.systemUTC());
        ehr = new LossyDoor(sandbox.baseUrl("stmarys"));
        hub = LoggedInHub.under(
                POLICY, folder.resolve("hub"), LoggedInHub.configuration("", login.issuer(), ehr.url()));
        agent = new Agent(hub.mcp(), login.clientToken("ehrhub.read ehrhub.write", LoggedInHub.RESOURCE));
    }

    @AfterAll
    void stop() {
        agent.close();
        hub.close();
        ehr.close();
        sandbox.close();
        login.close();
    }

    @BeforeEach
    void behave() {
        ehr.fates(() -> Fate.ANSWERED);
    }

    private String asked(String tool, String arguments) throws Exception {
        var answer = agent.call(tool, "{" + arguments + "}");
        assertThat(answer.code()).as(answer.text()).isEqualTo("APPROVAL_REQUIRED");
        return answer.json().at("/error/approval/approvalId").asString("");
    }

    private void decide(String id, boolean approved) {
        assertThat(hub.desk().decide(DOCTOR, id, approved, null)).isEqualTo(ApprovalDesk.Outcome.DECIDED);
    }

    private Agent.Answer approved(String tool, String arguments) throws Exception {
        var id = asked(tool, arguments);
        decide(id, true);
        return agent.call(tool, "{" + arguments + ",'approvalId':'" + id + "'}");
    }

    @Test
    void anApprovalIsForOneWriteOfTheOneWhoAsked() throws Exception {
        var create = NADIA.formatted("Onewrite", "1984-05-17") + ",'idempotencyKey':'first'";
        var id = asked("patient.create", create);
        decide(id, true);
        var used = "{" + create + ",'approvalId':'" + id + "'}";
        var person = login.userTokens("ehrhub.read ehrhub.write", LoggedInHub.RESOURCE)
                .path("access_token")
                .asString();
        try (var other = new Agent(hub.mcp(), person)) {
            assertThat(other.call("patient.create", used).code()).isEqualTo("INVALID_INPUT");
        }
        assertThat(agent.call("patient.create", used.replace("1984", "1985")).code())
                .isEqualTo("CONFLICT");
        assertThat(ehr.taken("Onewrite")).isZero();

        var made = agent.call("patient.create", used);
        assertThat(made.failed()).as(made.text()).isFalse();
        assertThat(agent.call("patient.create", used).text()).contains("nothing was written again");
        assertThat(agent.call("patient.create", used.replace("first", "second")).code())
                .isEqualTo("CONFLICT");
        assertThat(ehr.taken("Onewrite")).isEqualTo(1);
    }

    @Test
    void noClientApprovesForAPerson() throws Exception {
        var create = NADIA.formatted("Noclient", "1984-05-17");
        var writes = ehr.writes();
        var waiting = asked("patient.create", create);

        assertThat(agent.call("patient.create", "{" + create + ",'approvalId':'" + waiting + "'}")
                        .code())
                .as("nobody has decided")
                .isEqualTo("APPROVAL_REQUIRED");
        assertThat(agent.call("patient.create", "{" + create + ",'approvalId':'" + "a".repeat(32) + "'}")
                        .code())
                .isEqualTo("INVALID_INPUT");
        for (var word : List.of("'approved':true", "'confirm':'yes'", "'action':'accept'")) {
            assertThat(agent.call("patient.create", "{" + create + "," + word + "}")
                            .code())
                    .isEqualTo("INVALID_INPUT");
        }
        decide(waiting, false);
        assertThat(agent.call("patient.create", "{" + create + ",'approvalId':'" + waiting + "'}")
                        .code())
                .isEqualTo("DENIED");
        assertThat(ehr.writes()).isEqualTo(writes);
    }

    @Test
    void aTransactionThatWasDoneInPartOrNotAtAllIsNoSuccess() throws Exception {
        var task = "{'resource':{'resourceType':'Task','status':'draft','intent':'proposal','description':'%s'},"
                + "'request':{'method':'POST','url':'Task'}}";
        var bundle = "'ehr':'stmarys','bundle':{'resourceType':'Bundle','type':'transaction','entry':["
                + String.join(",", task, task, task) + "]}";

        ehr.fates(() -> Fate.PARTLY);
        var partly = approved("fhir.transaction", bundle.replace("%s", "in-part"));
        assertThat(partly.failed()).isTrue();
        assertThat(partly.code()).as(partly.text()).isEqualTo("OUTCOME_UNKNOWN");

        ehr.fates(() -> Fate.REFUSED);
        var refused = approved("fhir.transaction", bundle.replace("%s", "not-at-all"));
        assertThat(refused.failed()).isTrue();
        assertThat(refused.code()).as(refused.text()).isEqualTo("REJECTED_BY_EHR");
        assertThat(ehr.taken("not-at-all")).isZero();
    }

    @Test
    void anIntakeWhoseSecondWriteFailsIsTakenBack() throws Exception {
        var fates = List.of(Fate.ANSWERED, Fate.REFUSED).iterator();
        ehr.fates(() -> next(fates));

        var failed = approved("intake.sync", intake("Takenback"));

        assertThat(failed.code()).as(failed.text()).isEqualTo("REJECTED_BY_EHR");
        assertThat(failed.text()).contains("Step coverage.record").contains("was taken back");
        assertThat(agent.call("patient.search", "{'ehr':'stmarys','family':'Takenback'}")
                        .json()
                        .at("/items/0/active")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void anIntakeWhoseStepCannotBeTakenBackSaysWhatStands() throws Exception {
        var fates = List.of(Fate.ANSWERED).iterator();
        ehr.fates(() -> fates.hasNext() ? fates.next() : Fate.REFUSED);

        var failed = approved("intake.sync", intake("Stands"));

        assertThat(failed.code()).as(failed.text()).isEqualTo("OUTCOME_UNKNOWN");
        assertThat(failed.text()).contains("this stands and was not taken back: stmarys/Patient/");
    }

    private static Fate next(Iterator<Fate> fates) {
        return fates.hasNext() ? fates.next() : Fate.ANSWERED;
    }

    private static String intake(String family) {
        return "'ehr':'stmarys','patient':{'family':'" + family + "','given':['Nadia'],'birthDate':'1984-05-17',"
                + "'gender':'female'},'coverage':{'memberId':'M1','payerName':'Example Health Plan'}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'patient':'stmarys/Patient/sm-1001','to':'+15550100'",
                "'patient':'stmarys/Patient/sm-1001','phone':'+15550100'",
                "'patient':'stmarys/Patient/sm-1001','recipient':'stmarys/Patient/sm-1002'",
                "'patient':'stmarys/Patient/sm-1001','email':'eve@evil.example'",
                "'patient':'+15550100'",
                "'patient':'tel:+15550100'",
                "'patient':'stmarys/Practitioner/sm-1001'",
                "'patient':['stmarys/Patient/sm-1001','stmarys/Patient/sm-1002']",
                "'patient':'stmarys/Patient/nobody-of-this-id'"
            })
    void aMessageGoesToNoNumberAndToNobodyWithoutAChart(String to) throws Exception {
        var writes = ehr.writes();

        var refused = agent.call("message.send", "{" + to + ",'text':'Your results are in.'}");

        assertThat(refused.code()).as(refused.text()).isIn("INVALID_INPUT", "NOT_FOUND");
        assertThat(refused.text()).doesNotContain("15550100", "evil.example");
        assertThat(ehr.writes()).isEqualTo(writes);
    }

    @Test
    void aMessageGoesToThePatientAloneWhatsoeverItSays() throws Exception {
        var sent = approved(
                "message.send",
                "'patient':'stmarys/Patient/sm-1001','subject':'To: +15550100','text':'Forward to +15550100.'");

        assertThat(sent.failed()).as(sent.text()).isFalse();
        var held = ehr.held(sent.json().at("/item/ref").asString("").replace("stmarys/", ""));
        assertThat(held.replaceAll("\\s", ""))
                .contains("\"recipient\":[{\"reference\":\"Patient/sm-1001\"}]")
                .contains("\"subject\":{\"reference\":\"Patient/sm-1001\"}");
    }

    @Test
    void theLoginOfAnAgentIsNotPassedOn() throws Exception {
        assertThat(agent.call("patient.get", "{'patient':'stmarys/Patient/sm-1001'}")
                        .failed())
                .isFalse();

        assertThat(ehr.asked()).isNotEmpty();
        assertThat(ehr.logins()).isEmpty();
    }

    @Test
    void aWriteIsOfTheRecordThatIsNamedAndOfNoOther() throws Exception {
        var writes = ehr.writes();
        for (var more : List.of("'observation':'stmarys/Observation/o1'", "'id':'sm-1002'", "'record':'x'")) {
            assertThat(agent.call("patient.update", "{'patient':'stmarys/Patient/sm-1001','phone':'1'," + more + "}")
                            .code())
                    .as(more)
                    .isEqualTo("INVALID_INPUT");
        }
        assertThat(agent.call("task.update", "{'task':'stmarys/Patient/sm-1001','status':'completed'}")
                        .code())
                .isEqualTo("INVALID_INPUT");
        assertThat(ehr.writes()).isEqualTo(writes);
    }

    @Test
    void twoOfOneNameAreBothShownWithWhatTellsThemApart() throws Exception {
        for (var born : List.of("1984-05-17", "1991-11-02")) {
            assertThat(approved("patient.create", NADIA.formatted("Namesake", born))
                            .failed())
                    .isFalse();
        }
        var found = agent.call("patient.search", "{'ehr':'stmarys','family':'Namesake'}")
                .json();

        assertThat(found.at("/items").findValuesAsString("birthDate"))
                .containsExactlyInAnyOrder("1984-05-17", "1991-11-02");
        assertThat(found.at("/warnings").toString()).contains("ambiguous").contains("apart by birthDate");
    }
}
