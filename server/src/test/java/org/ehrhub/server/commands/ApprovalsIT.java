package org.ehrhub.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.approvals.DeskClient;
import org.ehrhub.server.approvals.DeskTalk.Question;
import org.ehrhub.server.mcp.SocketClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person approves what an agent asks for, at the page and by command, on a whole hub over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApprovalsIT {
    private static final String EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([0-9a-f]{64})\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private RunningHub hub;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        Files.writeString(folder.resolve("ehr-hub.yaml"), """
                data-dir: data
                policy: policy.yaml
                server: {port: 0, profiles: [all]}
                sandbox: {port: 0}
                ehrs: {stmarys: {type: fhir-r4, base-url: "sandbox:stmarys"}}
                """);
        Files.writeString(folder.resolve("policy.yaml"), """
                allow:
                  - {role: local, ehr: stmarys, reads: true, writes: [patient.create, patient.update, note.draft]}
                four-eyes: [note.draft]
                approvers: [{role: local}]
                """);
        run();
    }

    private void run() {
        hub = RunningHub.start(CommandLine.of(
                "start", List.of("--config", folder.resolve("ehr-hub.yaml").toString()), Set.of("--config")));
    }

    @AfterAll
    void stop() {
        hub.close();
        http.shutdownNow();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private JsonNode call(String tool, String arguments) throws IOException {
        return JSON.readTree(new SocketClient(DataDirectory.socket(data()), "test", Duration.ofSeconds(30))
                .call(tool, JSON.readTree(arguments.replace('\'', '"')))
                .orElseThrow()
                .text());
    }

    private List<String> desk(String what, String id, String reason) throws IOException {
        return DeskClient.ask(DataDirectory.approvalSocket(data()), new Question(what, id, reason))
                .orElseThrow()
                .lines();
    }

    private String create(String family, String more) {
        return "{'ehr':'stmarys','family':'" + family
                + "','given':['Zoë'],'birthDate':'1990-01-02','gender':'female','phone':'+1 555 " + family.length()
                + "'" + more + "}";
    }

    private String asked(JsonNode answer) {
        assertThat(answer.at("/error/code").asString("")).as(answer.toString()).isEqualTo("APPROVAL_REQUIRED");
        return answer.at("/error/approval/approvalId").asString("");
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(hub.address().replace("/mcp", "") + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder form(String path, String fields) {
        return to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields));
    }

    private String enter() throws Exception {
        var link = URI.create(desk("link", null, null).getFirst());
        assertThat(send(to(link.getPath() + "?" + link.getQuery())).body()).contains("It works once");
        var entered = send(form("/approvals/enter", link.getQuery()));
        assertThat(entered.statusCode()).isEqualTo(303);
        var cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/;");
        assertThat(send(form("/approvals/enter", link.getQuery())).statusCode())
                .as("it works once")
                .isEqualTo(403);
        return cookie.replaceAll(";.*", "");
    }

    private static String secret(String page) {
        var found = FORM.matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void aPersonReadsAndApprovesAtThePage() throws Exception {
        var family = "O" + EVIL;
        var id = asked(call("patient.create", create(family, "")));
        var cookie = enter();
        var list = send(to("/approvals").header("Cookie", cookie));
        assertThat(list.body()).contains("/approvals/" + id).doesNotContain("<script", "<img");
        var page = send(to("/approvals/" + id).header("Cookie", cookie));
        assertThat(page.body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "1990-01-02", "Zoë")
                .doesNotContain("<script", "<img");

        var decided = send(form("/approvals/" + id, "form=" + secret(page.body()) + "&decision=approve&reason=")
                .header("Cookie", cookie));

        assertThat(decided.body()).contains("Approved, once.");
        var made = call("patient.create", create(family, ",'approvalId':'" + id + "'"));
        assertThat(made.at("/status").asString("")).as(made.toString()).isEqualTo("done");
        var chart = made.at("/item/patient").asString("");
        var update = asked(call("patient.update", "{'patient':'" + chart + "','phone':'+1 555 0178'}"));
        var shown = send(to("/approvals/" + update).header("Cookie", cookie)).body();
        assertThat(shown)
                .as("a name in a chart is text too")
                .contains("&lt;script&gt;", "+1 555 " + family.length(), "+1 555 0178")
                .doesNotContain("<script", "<img");
        desk("reject", update, "Not her number");
        var state = call("approval.status", "{'approvalId':'" + update + "'}");
        assertThat(state.at("/item/reason").asString("")).isEqualTo("Not her number");
        assertThat(call(
                                "patient.update",
                                "{'patient':'" + chart + "','phone':'+1 555 0178','approvalId':'" + update + "'}")
                        .at("/error/code")
                        .asString(""))
                .isEqualTo("DENIED");
    }

    @Test
    void nothingIsDecidedButByAFormOfThePageItself() throws Exception {
        var id = asked(call("patient.create", create("Finch", "")));
        var cookie = enter();
        var secret = secret(send(to("/approvals").header("Cookie", cookie)).body());
        var approve = "decision=approve&form=" + secret;
        var path = "/approvals/" + id;

        for (var refused : List.of(
                form(path, "decision=approve").header("Cookie", cookie),
                form(path, "decision=approve&form=" + "0".repeat(64)).header("Cookie", cookie),
                form(path, approve),
                form(path, approve).header("Cookie", cookie).header("Origin", "https://evil.example"),
                form(path, approve).header("Cookie", cookie).header("Origin", "null"),
                form(path, approve).header("Cookie", cookie).header("Sec-Fetch-Site", "cross-site"),
                form(path + "?x=1", approve).header("Cookie", cookie),
                to(path).header("Cookie", cookie)
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString(approve)))) {
            assertThat(send(refused).statusCode()).isEqualTo(403);
        }
        assertThat(send(to(path + "?" + approve).header("Cookie", cookie)).body())
                .contains("Approve, once");
        assertThat(send(to(path).method("PUT", HttpRequest.BodyPublishers.ofString(approve))
                                .header("Cookie", cookie))
                        .statusCode())
                .isEqualTo(405);
        assertThat(send(to(path)).statusCode()).as("nobody has come in").isEqualTo(401);
        assertThat(call("approval.status", "{'approvalId':'" + id + "'}")
                        .at("/item/status")
                        .asString(""))
                .isEqualTo("waiting");
        send(form("/approvals/leave", "form=" + secret).header("Cookie", cookie));
        assertThat(send(form(path, approve).header("Cookie", cookie)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void noOtherSiteFramesScriptsOrKeepsThePage() throws Exception {
        var cookie = enter();
        for (var path : List.of("/approvals", "/approvals/style.css", "/approvals/" + "a".repeat(32), "/approvals/x")) {
            var headers = send(to(path).header("Cookie", cookie)).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                    .doesNotContain("unsafe", "script");
            assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
        }
        var port = to("/").build().uri().getPort();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /approvals HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void oneOnThisMachineIsNotTwoPeople() throws Exception {
        var patient = call("patient.search", "{'ehr':'stmarys','family':'Okafor'}")
                .at("/items/0/patient")
                .asString("");
        var id =
                asked(call("note.draft", "{'patient':'" + patient + "','title':'Call','text':'Called.\\nWill come.'}"));
        var cookie = enter();
        var page = send(to("/approvals/" + id).header("Cookie", cookie)).body();

        assertThat(page).contains("another person than the one who asked").doesNotContain("Approve, once");
        assertThat(send(form("/approvals/" + id, "decision=approve&form=" + secret(page))
                                .header("Cookie", cookie))
                        .body())
                .contains("Another person");
        assertThat(desk("approve", id, null).getFirst()).contains("Another person");
        assertThat(desk("show", id, null).toString()).contains("Called.", "| Will come.", "Okafor");
        assertThat(desk("reject", id, null).getFirst()).isEqualTo("Rejected");
    }

    @Test
    void anApprovalOutlivesARestart() throws Exception {
        var id = asked(call("patient.create", create("Quill", "")));
        assertThat(desk("list", null, null).toString()).contains(id, "patient.create", "stmarys");
        assertThat(desk("approve", id, null).getFirst()).isEqualTo("Approved, once");
        hub.close();
        run();

        var arguments = create("Quill", ",'approvalId':'" + id + "'");
        assertThat(call("patient.create", arguments).at("/status").asString("")).isEqualTo("done");
        assertThat(call("patient.create", arguments).toString()).contains("nothing was written again");
        assertThat(call("patient.search", "{'ehr':'stmarys','family':'Quill'}").at("/items"))
                .hasSize(1);
        assertThat(desk("approve", id, null).getFirst()).contains("decided before");
        assertThat(desk("approve", URLEncoder.encode("x'; drop", StandardCharsets.UTF_8), null)
                        .getFirst())
                .contains("none of this id");
    }
}
