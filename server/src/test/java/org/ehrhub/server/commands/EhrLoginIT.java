package org.ehrhub.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.approvals.DeskClient;
import org.ehrhub.server.approvals.DeskTalk.Question;
import org.ehrhub.server.audit.AuditClient;
import org.ehrhub.server.audit.AuditQuestion;
import org.ehrhub.server.mcp.SocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A user logs in to an EHR that lets in nobody else, on the hub's page, and agents then call as that user. */
class EhrLoginIT {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([0-9a-f]{64})\"");
    private static final Pattern AWAY = Pattern.compile("href=\"(http://127.0.0.1:\\d+/authorize[^\"]*)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<String> challenge = new AtomicReference<>("");
    private final AtomicReference<String> shown = new AtomicReference<>("");
    private HttpServer ehr;
    private Path folder;
    private RunningHub hub;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        ehr = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ehr.createContext("/", this::answer);
        ehr.start();
        folder = temporary;
        Files.writeString(folder.resolve("ehr-hub.yaml"), """
                data-dir: data
                policy: policy.yaml
                server: {port: 0}
                ehrs:
                  practice: {type: fhir-r4, base-url: "%s/fhir", auth: {kind: authorization-code, client-id: hub}}
                """.formatted(at()));
        Files.writeString(folder.resolve("policy.yaml"), "allow: [{role: local, ehr: practice, reads: true}]\n");
        run();
    }

    @AfterEach
    void stop() {
        hub.close();
        http.shutdownNow();
        ehr.stop(0);
    }

    @Test
    void aUserLogsInAndIsKnownToTheEhrAlsoAfterARestart() throws Exception {
        assertThat(patient()).contains("DENIED", "/logins/practice");
        var visit = enter();
        assertThat(logins(visit).body()).contains("You have no login");

        var back = away(visit);
        var done = get(back.callback(), back.cookie());
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(done.body()).contains("You are logged in");

        assertThat(patient()).contains("practice/Patient/p1");
        assertThat(shown.get()).isEqualTo("Bearer of-the-user");
        assertThat(logins(visit).body()).contains("You have a login");
        hub.close();
        run();
        assertThat(patient()).contains("practice/Patient/p1");
        assertThat(shown.get()).isEqualTo("Bearer renewed");
    }

    @Test
    void aUserEndsTheLogin() throws Exception {
        var visit = enter();
        var back = away(visit);
        get(back.callback(), back.cookie());

        assertThat(post(visit, "end").body()).contains("You have no login");
        assertThat(patient()).contains("DENIED");
        var said = new ByteArrayOutputStream();
        AuditClient.ask(DataDirectory.auditSocket(folder.resolve("data")), new AuditQuestion("search", Map.of()), said);
        assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("ehr-login")))
                .extracting(line -> line.replaceAll("^\\S+  os:\\S+  (.*)  \\S+$", "$1"))
                .containsExactly(
                        "ehr-login.create  BEFORE_WRITE  practice  ",
                        "ehr-login.create  AFTER_WRITE  practice  practice=ok",
                        "ehr-login.cancel  BEFORE_WRITE  practice  ",
                        "ehr-login.cancel  AFTER_WRITE  practice  practice=ok");
    }

    @Test
    void onlyTheBrowserThatLeftComesBack() throws Exception {
        var visit = enter();
        var back = away(visit);
        var other = away(visit);

        assertThat(get(back.callback(), "a=b").statusCode()).as("no cookie").isEqualTo(403);
        assertThat(get(back.callback(), other.cookie()).statusCode())
                .as("another's")
                .isEqualTo(403);
        assertThat(get(back.callback().replaceAll("code=[^&]+", "error=no"), back.cookie())
                        .statusCode())
                .isEqualTo(403);
        assertThat(patient()).contains("DENIED");
    }

    /** Somebody who could put their own attempt into a user's browser would get that user's login. */
    @Test
    void anotherSiteOfTheDomainCannotPutItsAttemptIntoABrowserThatComesByHttps() throws Exception {
        hub.close();
        var login = "login: {resource: https://hub.example/mcp, issuers: [{issuer: https://login.example}]}\n";
        Files.writeString(folder.resolve("ehr-hub.yaml"), login, StandardOpenOption.APPEND);
        run();
        var back = away(enter());

        assertThat(back.cookie()).startsWith("__Host-");
        assertThat(get(back.callback(), back.cookie().replace("__Host-", "")).statusCode())
                .isEqualTo(403);
        assertThat(get(back.callback(), back.cookie()).statusCode()).isEqualTo(200);
    }

    @Test
    void nothingIsBegunWithoutAVisitOrItsForm() throws Exception {
        assertThat(logins("a=b").statusCode()).isEqualTo(401);
        var visit = enter();
        assertThat(send(form("/logins/practice", "do=begin&form=" + "0".repeat(64))
                                .header("Cookie", visit))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(form("/logins/practice", "do=begin").header("Origin", "https://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(to("/logins/nobody").header("Cookie", visit)).statusCode())
                .isEqualTo(404);
        assertThat(logins(visit).headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'");
    }

    private record Back(String callback, String cookie) {}

    /** Leaves for the EHR's login, and what the browser then comes back with. */
    private Back away(String visit) throws Exception {
        var begun = post(visit, "begin");
        var link = AWAY.matcher(begun.body());
        assertThat(link.find()).as(begun.body()).isTrue();
        var cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/;");
        var asked = fields(URI.create(link.group(1).replace("&amp;", "&")).getRawQuery());
        assertThat(asked).containsEntry("client_id", "hub").containsEntry("code_challenge_method", "S256");
        challenge.set(asked.get("code_challenge"));
        var callback = URI.create(asked.get("redirect_uri"));
        return new Back(callback.getPath() + "?code=c0de&state=" + asked.get("state"), cookie.replaceAll(";.*", ""));
    }

    private String enter() throws Exception {
        var link = URI.create(
                DeskClient.ask(DataDirectory.approvalSocket(folder.resolve("data")), new Question("link", null, null))
                        .orElseThrow()
                        .lines()
                        .getFirst());
        return send(form("/approvals/enter", link.getQuery()))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .replaceAll(";.*", "");
    }

    private HttpResponse<String> logins(String cookie) throws Exception {
        return get("/logins/practice", cookie);
    }

    private HttpResponse<String> post(String visit, String what) throws Exception {
        var secret = FORM.matcher(logins(visit).body());
        assertThat(secret.find()).isTrue();
        return send(form("/logins/practice", "do=" + what + "&form=" + secret.group(1))
                .header("Cookie", visit));
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        return send(to(path).header("Cookie", cookie));
    }

    private HttpRequest.Builder form(String path, String fields) {
        return to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(hub.address().replace("/mcp", "") + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String patient() throws IOException {
        return new SocketClient(DataDirectory.socket(folder.resolve("data")), "test", Duration.ofSeconds(30))
                .call("patient.get", JSON.readTree("{\"patient\":\"practice/Patient/p1\"}"))
                .orElseThrow()
                .text();
    }

    private void run() {
        hub = RunningHub.start(CommandLine.of(
                "start", List.of("--config", folder.resolve("ehr-hub.yaml").toString()), Set.of("--config")));
    }

    private String at() {
        return "http://127.0.0.1:" + ehr.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var answer = switch (path) {
                case "/fhir/.well-known/smart-configuration" -> """
                    {"authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token"}""".formatted(at());
                case "/token" -> token(fields(form));
                case "/fhir/metadata" -> "{\"resourceType\":\"OperationOutcome\"}";
                default -> "{\"resourceType\":\"Patient\",\"id\":\"p1\"}";
            };
            if (path.startsWith("/fhir/Patient")) {
                shown.set(exchange.getRequestHeaders().getFirst("Authorization"));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.isEmpty() ? 400 : 200, 0);
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** As an EHR's login server does it: the verifier has to fit the challenge. */
    private String token(Map<String, String> form) {
        if ("refresh_token".equals(form.get("grant_type"))) {
            return "{\"access_token\":\"renewed\",\"expires_in\":3600,\"refresh_token\":\"r2\"}";
        }
        return "c0de".equals(form.get("code")) && challenge.get().equals(sha256(form.get("code_verifier")))
                ? "{\"access_token\":\"of-the-user\",\"expires_in\":3600,\"refresh_token\":\"r1\"}"
                : "";
    }

    private static String sha256(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&", -1))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }
}
