package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.HubCallers;
import org.ehrhub.server.StartingHub;
import org.ehrhub.server.WebServer;
import org.ehrhub.server.config.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People log in to the page where they approve, at a real login server; four eyes are two people, whatever programs they use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApproverLoginIT {
    private static final String RESOURCE = "http://localhost:9/mcp";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LoginServer login = new LoginServer();
    private final HttpClient http = HttpClient.newHttpClient();
    private StartingHub hub;
    private WebServer web;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        login.extraClaims = Map.of("roles", List.of("nurse"));
        login.idClaims = Map.of("roles", List.of("doctor"));
        Files.writeString(folder.resolve("secret"), "secret of the console");
        Files.writeString(folder.resolve("ehr-hub.yaml"), """
                data-dir: data
                policy: policy.yaml
                server: {port: 0, profiles: [all]}
                sandbox: {port: 0}
                login:
                  resource: %s
                  issuers: [{issuer: "%s"}]
                  approvers: {client-id: console, client-secret: "file:secret"}
                ehrs: {stmarys: {type: fhir-r4, base-url: "sandbox:stmarys"}}
                """.formatted(RESOURCE, login.issuer()));
        Files.writeString(folder.resolve("policy.yaml"), """
                allow: [{role: nurse, ehr: stmarys, reads: true, writes: [patient.create]}]
                four-eyes: [patient.create]
                approvers: [{role: doctor, ehr: stmarys, tools: [patient.create]}]
                """);
        var configuration = Configuration.load(folder.resolve("ehr-hub.yaml"));
        var settings = configuration.settings();
        var directory = DataDirectory.own(settings.dataDir()).orElseThrow();
        hub = StartingHub.of(configuration, directory);
        web = WebServer.start(
                settings.server(),
                hub,
                settings.mcp("test", DataDirectory.socket(directory.path())),
                HubCallers.of(settings),
                HubCallers.approvers(settings));
        hub.await();
    }

    @AfterAll
    void stop() {
        web.close();
        hub.close();
        login.close();
        http.shutdownNow();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").getLast().replaceAll(";.*", "");
    }

    /** What the hub answers to a browser that comes back from the login server. */
    private HttpResponse<String> comesBack(String person, UnaryOperator<String> asking, UnaryOperator<String> coming)
            throws Exception {
        var begun = send(to("/approvals/login"));
        assertThat(begun.statusCode()).isEqualTo(303);
        assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow()).contains("SameSite=Lax", "HttpOnly");
        var authorize = begun.headers().firstValue("Location").orElseThrow();
        assertThat(authorize).contains("code_challenge_method=S256", "nonce=", "state=");
        var back = login.sentBack(URI.create(asking.apply(authorize)), person);
        return send(
                to(back.getRawPath() + "?" + coming.apply(back.getRawQuery())).header("Cookie", cookie(begun)));
    }

    private String visit(String person) throws Exception {
        var entered = comesBack(person, same -> same, same -> same);
        assertThat(entered.statusCode()).as(entered.body()).isEqualTo(200);
        assertThat(entered.headers().allValues("Set-Cookie").getLast()).contains("SameSite=Strict", "HttpOnly");
        return cookie(entered);
    }

    private JsonNode create(String more) throws Exception {
        return call(
                "patient_create",
                "{'ehr':'stmarys','family':'Wren','given':['Ida'],'birthDate':'1990-01-02','gender':'female'" + more
                        + "}");
    }

    private JsonNode call(String tool, String arguments) throws Exception {
        var token = login.userTokens("openid ehrhub.read ehrhub.write", RESOURCE)
                .path("access_token")
                .asString();
        var call = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 2).put("method", "tools/call");
        call.putObject("params").put("name", tool).set("arguments", JSON.readTree(arguments.replace('\'', '"')));
        var hello = send(mcp(LoginDesk.INITIALIZE, token));
        var session = hello.headers().firstValue("Mcp-Session-Id").orElseThrow();
        var answer = send(mcp(call.toString(), token).header("Mcp-Session-Id", session))
                .body();
        var event = answer.substring(answer.indexOf('{')).strip();
        return JSON.readTree(JSON.readTree(event).at("/result/content/0/text").asString());
    }

    private HttpRequest.Builder mcp(String body, String token) {
        return to("/mcp")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private String decide(String cookie, String id) throws Exception {
        var page = send(to("/approvals/" + id).header("Cookie", cookie)).body();
        var secret = page.replaceAll("(?s).*?name=\"form\" value=\"([0-9a-f]{64})\".*", "$1");
        return send(to("/approvals/" + id)
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("decision=approve&form=" + secret)))
                .body();
    }

    @Test
    void whoeverAskedCannotApproveByAnotherProgramAndSomebodyElseCan() throws Exception {
        var asked = create("");
        var id = asked.at("/error/approval/approvalId").asString("");
        assertThat(id).as(asked.toString()).isNotEmpty();
        var own = visit("dr.abbott");
        assertThat(send(to("/approvals/" + id).header("Cookie", own)).body())
                .contains("another person than the one who asked")
                .doesNotContain("Approve, once");
        assertThat(decide(own, id)).contains("Another person");
        assertThat(create(",'approvalId':'" + id + "'").at("/error/code").asString(""))
                .isEqualTo("APPROVAL_REQUIRED");

        assertThat(decide(visit("dr.baker"), id)).contains("Approved, once.");

        var made = create(",'approvalId':'" + id + "'");
        assertThat(made.at("/status").asString("")).as(made.toString()).isEqualTo("done");
        assertThat(made.has("warnings")).as(made.toString()).isFalse();
        assertThat(provenanceOf(made.at("/item/patient").asString()))
                .contains("urn:ehr-hub:client|desk")
                .contains("urn:ehr-hub:principal|" + login.issuer() + "|dr.abbott")
                .contains("urn:ehr-hub:principal|" + login.issuer() + "|dr.baker");
    }

    /** The identifiers in what the EHR holds of who wrote a patient's record. */
    private List<String> provenanceOf(String patient) throws Exception {
        var id = patient.substring(patient.lastIndexOf('/') + 1);
        var found = call("fhir_query", "{'ehr':'stmarys','path':'Provenance?target=Patient/" + id + "'}");
        assertThat(found.at("/items")).as(found.toString()).hasSize(1);
        return found.at("/items/0").findValues("identifier").stream()
                .flatMap(one -> one.isArray() ? one.valueStream() : Stream.of(one))
                .map(one ->
                        one.path("system").asString() + "|" + one.path("value").asString())
                .toList();
    }

    @Test
    void whoeverActsInAnothersNameIsNoSecondPersonAndNobodyDecidesInAnothersName() throws Exception {
        var before = login.extraClaims;
        login.extraClaims = Map.of("roles", List.of("nurse"), "act", Map.of("sub", "dr.baker"));
        try {
            var id = create(",'phone':'2'").at("/error/approval/approvalId").asString("");
            assertThat(decide(visit("dr.baker"), id)).contains("Another person");
            assertThat(decide(visit("dr.abbott"), id)).contains("Another person");

            login.idClaims = Map.of("roles", List.of("doctor"), "act", Map.of("sub", "agent"));
            assertThat(send(to("/approvals").header("Cookie", visit("dr.baker")))
                            .body())
                    .contains("Nothing waits for you");
        } finally {
            login.extraClaims = before;
            login.idClaims = Map.of("roles", List.of("doctor"));
        }
    }

    @Test
    void whoeverIsNoApproverSeesNothing() throws Exception {
        var id = create(",'phone':'1'").at("/error/approval/approvalId").asString("");
        login.idClaims = Map.of("roles", List.of("nurse"));
        try {
            var cookie = visit("dr.baker");
            assertThat(send(to("/approvals").header("Cookie", cookie)).body()).contains("Nothing waits for you");
            assertThat(send(to("/approvals/" + id).header("Cookie", cookie)).statusCode())
                    .isEqualTo(404);
        } finally {
            login.idClaims = Map.of("roles", List.of("doctor"));
        }
    }

    /** As many as somebody without a login likes to begin. */
    @Test
    void loginsThatAreBegunAndLeftKeepNobodyOut() throws Exception {
        for (var i = 0; i < 1001; i++) {
            assertThat(send(to("/approvals/login")).statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aLoginThatDoesNotHoldLetsNobodyIn() throws Exception {
        UnaryOperator<String> same = text -> text;
        assertThat(comesBack("dr.baker", same, query -> query.replaceAll("state=[^&]+", "state=x"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(comesBack("dr.baker", asked -> asked.replaceAll("nonce=[^&]+", "nonce=x"), same)
                        .statusCode())
                .as("a token for another login")
                .isEqualTo(401);
        assertThat(comesBack("dr.baker", same, query -> query + "&iss=https%3A%2F%2Fevil.example")
                        .statusCode())
                .isEqualTo(401);
        assertThat(comesBack("dr.baker", same, query -> query.replaceAll("code=[^&]+", "code=x"))
                        .statusCode())
                .isIn(401, 503);
        assertThat(send(to("/approvals/callback?state=x&code=y")).statusCode()).isEqualTo(403);
        login.idClaims = Map.of("aud", List.of("console", "other"));
        try {
            assertThat(comesBack("dr.baker", same, same).statusCode()).isEqualTo(200);
            login.idClaims = Map.of("aud", List.of("other"));
            assertThat(comesBack("dr.baker", same, same).statusCode()).isEqualTo(401);
            login.idClaims = Map.of("azp", "other");
            assertThat(comesBack("dr.baker", same, same).statusCode()).isEqualTo(401);
        } finally {
            login.idClaims = Map.of("roles", List.of("doctor"));
        }
    }
}
