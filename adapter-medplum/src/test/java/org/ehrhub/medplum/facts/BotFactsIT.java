package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.medplum.live.MedplumHttp;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.live.Reply;
import org.ehrhub.medplum.stub.BotAnswer;
import org.ehrhub.medplum.stub.BotEvent;
import org.ehrhub.medplum.stub.MedplumStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes back of a bot, in each of the ways it can answer. */
@Tag("medplum")
class BotFactsIT {
    private static final String HL7 = "x-application/hl7-v2+er7";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private String execute = "";

    @BeforeEach
    void bot() {
        execute = "fhir/R4/Bot/" + medplum.bot() + "/$execute";
    }

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void objectsAreJson() {
        var reply = run("object");

        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.json().path("echoed").path("mode").asString()).isEqualTo("object");
        assertThat(reply.json().path("requester").path("reference").asString())
                .isEqualTo("ClientApplication/" + medplum.clientId());
    }

    @Test
    void aStringIsBareTextThatCallsItselfJson() {
        var reply = run("string");

        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.text()).isEqualTo("plain text");
    }

    @Test
    void numbersBooleansAndArraysAreBareAndNullIsEmpty() {
        assertThat(run("number").text()).isEqualTo("42");
        assertThat(run("boolean").text()).isEqualTo("true");
        assertThat(run("array").text()).isEqualTo("[1,2]");
        assertThat(run("null").text()).isEmpty();
        assertThat(run("null").status()).isEqualTo(200);
    }

    @Test
    void nothingIsAnOutcomeThatIsOk() {
        var reply = run("undefined");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/fhir+json");
        assertThat(reply.id()).isEqualTo("ok");
    }

    @Test
    void outcomesBecomeTheStatusOfTheirId() {
        assertThat(run("outcome-forbidden").status()).isEqualTo(403);
        assertThat(run("outcome-noid").status()).isEqualTo(400);
        assertThat(run("outcome-ok").status()).isEqualTo(200);
        assertThat(run("resource").header("Content-Type")).startsWith("application/fhir+json");
    }

    @Test
    void aThrownErrorIs400AndANotFoundInsideLooksLikeNoBot() {
        var thrown = run("throw");
        assertThat(thrown.status()).isEqualTo(400);
        assertThat(thrown.issue()).isEqualTo("bot failed on purpose");

        var inside = run("read404");
        var unknown = medplum.http().post("fhir/R4/Bot/da5f5cb3-0891-445f-b114-67557e8a1392/$execute", "{}");
        assertThat(inside.status()).isEqualTo(404).isEqualTo(unknown.status());
        assertThat(inside.id()).isEqualTo(unknown.id());
    }

    @Test
    void anHl7MessageOfExactlyTheTypeIsAnsweredInEr7() {
        var reply = hl7("MSG00001", HL7);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith(HL7);
        assertThat(reply.text())
                .startsWith("MSH|^~\\&|LABAPP|LABFAC|HUBAPP|HUBFAC|")
                .contains("\rMSA|AA|MSG00001|OK");
    }

    @Test
    void withACharsetTheBotGetsARawString() {
        var reply = hl7("MSG00003", HL7 + "; charset=utf-8");

        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.json().path("echoed").asString()).startsWith("MSH|");
    }

    @Test
    void hl7ThatFailsIsAnOutcomeAndNoAcknowledgement() {
        assertThat(hl7("FAIL0001", HL7).status()).isEqualTo(400);
        assertThat(hl7("NONE0001", HL7).id()).isEqualTo("ok");
        assertThat(medplum.http()
                        .post(execute, "this is not hl7", "Content-Type", HL7)
                        .issue())
                .isEqualTo("Content could not be parsed");
    }

    @Test
    void aJobIsCompletedEvenWhenItsBotThrew() {
        var done = job(medplum.http().post(execute, "{\"mode\":\"throw\"}", "Prefer", "respond-async"));

        assertThat(done.json().path("status").asString()).isEqualTo("completed");
        var outcome = done.json().path("output").path("parameter").path(0);
        assertThat(outcome.path("name").asString()).isEqualTo("outcome");
        assertThat(outcome.path("resource")
                        .path("issue")
                        .path(0)
                        .path("details")
                        .path("text")
                        .asString())
                .isEqualTo("bot failed on purpose");
    }

    @Test
    void theResultOfAJobIsTextAndAnUnknownBotIsAnErrorOnlyThere() {
        var done = job(medplum.http().post(execute, "{\"mode\":\"array\"}", "Prefer", "respond-async"));
        var result = done.json().path("output").path("parameter").path(0);
        assertThat(result.path("name").asString()).isEqualTo("responseBody");
        assertThat(result.path("valueString").asString()).isEqualTo("[1,2]");

        var unknown = "fhir/R4/Bot/da5f5cb3-0891-445f-b114-67557e8a1392/$execute";
        assertThat(job(medplum.http().post(unknown, "{}", "Prefer", "respond-async"))
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("error");
    }

    @Test
    void aGetRunsTheBotToo() {
        var reply = medplum.http().get(execute + "?mode=object&a=1&a=2");

        assertThat(reply.json().path("echoed").path("a").size()).isEqualTo(2);
    }

    @Test
    void aBotSeesTheCallersToken() {
        var stub = medplum.stub();
        run("object");

        assertThat(stub.bots().runs())
                .extracting(BotEvent::asked)
                .allMatch(asked -> asked.header("Authorization")
                        .filter(value -> value.startsWith("Bearer "))
                        .isPresent());
    }

    @Test
    void deployDoesNotLookAtTheCodeAndNeedsTheFeature() {
        var stub = medplum.stub();
        stub.bots().behave("answers 7", event -> BotAnswer.json("7"));
        var bot = medplum.http()
                .post("fhir/R4/Bot", "{\"resourceType\":\"Bot\",\"name\":\"b\"}")
                .id();
        var path = "fhir/R4/Bot/" + bot;
        assertThat(medplum.http().post(path + "/$execute", "{}").issue()).isEqualTo("No executable code");
        assertThat(medplum.http().post(path + "/$deploy", "{}").issue()).isEqualTo("Bot missing executable code");

        assertThat(deployed(path, "exports.handler = async ( => {").status()).isEqualTo(200);
        assertThat(medplum.http().post(path + "/$execute", "{}").issue()).startsWith("Unexpected token");
        deployed(path, "exports.handler = async () => 7; // answers 7");
        assertThat(medplum.http().post(path + "/$execute", "{}").text()).isEqualTo("7");

        stub.project().feature("bots", false);
        assertThat(medplum.http().post(path + "/$execute", "{}").issue()).isEqualTo("Bots not enabled");
        assertThat(deployed(path, "x").issue()).isEqualTo("Bots not enabled");
    }

    @Test
    void onlyAnAdminMakesBotsWithAMembership() {
        var stub = medplum.stub();
        var path = "admin/projects/" + stub.project().id() + "/bot";
        assertThat(medplum.http().post(path, "{\"name\":\"x\"}").status()).isEqualTo(403);

        var admin = stub.project().admin("Admin");
        try (var http = new MedplumHttp(stub.base(), admin.id(), admin.secret())) {
            var made = http.post(path, "{\"name\":\"x\"}", "Content-Type", "application/json");
            assertThat(made.status()).isEqualTo(201);
            assertThat(http.get("fhir/R4/Bot/" + made.id()).status()).isEqualTo(200);
        }
    }

    @Test
    void aJobNotToldWhenTheServerStartsAgainStaysAccepted() {
        MedplumStub stub = medplum.stub();
        var accepted = medplum.http().post(execute, "{}", "Prefer", "respond-async");

        stub.jobs().restart();

        var job = accepted.header("Content-Location");
        assertThat(medplum.http().get(job).status()).isEqualTo(202);
        assertThat(medplum.http().get(job).status()).isEqualTo(202);
    }

    private Reply deployed(String path, String code) {
        return medplum.http().post(path + "/$deploy", "{\"code\":\"" + code + "\",\"filename\":\"index.js\"}");
    }

    private Reply run(String mode) {
        return medplum.http().post(execute, "{\"mode\":\"" + mode + "\"}", "Content-Type", "application/json");
    }

    private Reply hl7(String control, String type) {
        var message =
                "MSH|^~\\&|HUBAPP|HUBFAC|LABAPP|LABFAC|20261120101500||ADT^A04^ADT_A01|%s|P|2.5.1\rPID|1||MRN1^^^HUB^MR"
                        .formatted(control);
        return medplum.http().post(execute, message, "Content-Type", type);
    }

    /** The job when it is told; asked at most twenty times. */
    private Reply job(Reply accepted) {
        assertThat(accepted.status()).isEqualTo(202);
        var job = accepted.header("Content-Location");
        var reply = medplum.http().get(job);
        for (int polls = 0; reply.status() == 202 && polls < 20; polls++) {
            reply = medplum.http().get(job);
        }
        assertThat(reply.status()).isEqualTo(200);
        return reply;
    }
}
