package org.ehrhub.server.adversarial;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.HubCallers;
import org.ehrhub.server.StartingHub;
import org.ehrhub.server.WebServer;
import org.ehrhub.server.adversarial.StubServer.Answer;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.mcp.Admission;
import org.ehrhub.server.mcp.Callers;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.Reference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole hub over MCP and HTTP, its policy as people write one, in front of a FHIR server with one open chart ({@code p1}), one
 * that is restricted ({@code p2}), and somebody else's rows in both. Who calls is the role in a header, as a login would
 * have said.
 */
final class Clinic implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern READ = Pattern.compile("GET /fhir/([A-Z][A-Za-z]+)/([A-Za-z0-9-]+)");
    private static final Pattern SEARCH = Pattern.compile("GET /fhir/([A-Z][A-Za-z]+)\\?(.*)");
    private static final Pattern OWNER = Pattern.compile("(?:patient|subject|_id)=(?:Patient(?:/|%2F))?([a-z0-9,]+)");
    private static final String ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    private static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    private static final String POLICY = """
            roles: [front-desk, billing, nurse, physician, portal, local]
            allow:
              - role: front-desk
                ehr: a
                tools: [patient.search, patient.get, appointment.list, slot.search]
                fields: [demographics, contact, identifiers]
              - {role: billing, ehr: a, tools: [patient.search, patient.get, coverage.list], fields: [identifiers]}
              - {role: nurse, ehr: a, reads: true}
              - {roles: [physician, local], ehr: a, reads: true, writes: [note.draft, task.update, appointment.cancel, fhir.write], sensitive: [mental-health]}
              - {role: portal, scopes: [patient/*.rs], ehr: a, patients: own}
            approvers: [{role: nurse}]
            break-glass:
              - {roles: [physician, local], ehr: a, tools: [condition.list, patient.get, document.get, patient.search]}
            """;

    private final StubServer ehr = new StubServer();
    private final Map<String, String> records = new LinkedHashMap<>();
    private final StartingHub hub;
    private final WebServer web;
    private final Path configuration;
    private final HttpClient http = HttpClient.newHttpClient();

    Clinic(Path folder) throws IOException {
        fill();
        ehr.answers(this::answer);
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        configuration = Files.writeString(folder.resolve("ehr-hub.yaml"), """
                policy: policy.yaml
                server: {port: 0, profiles: [all]}
                ehrs:
                  a: {type: fhir-r4, base-url: "%s", auth: {kind: none}}
                """.formatted(ehr.url("/fhir")));
        var read = Configuration.load(configuration);
        var directory = DataDirectory.own(read.settings().dataDir()).orElseThrow();
        var socket = DataDirectory.socket(directory.path());
        hub = StartingHub.of(read, directory);
        web = WebServer.start(
                read.settings().server(),
                hub,
                read.settings().mcp("test", socket),
                new ByHeader(),
                HubCallers.approvers(read.settings()));
        hub.await();
    }

    /** What a call came to: the answer's text, whether it failed. */
    record Told(String text, boolean failed) {
        String code() {
            return failed ? JSON.readTree(text).path("error").path("code").asString("?") : "";
        }
    }

    /** Calls as a role; single quotes will do. */
    Told call(String role, String tool, String arguments) throws IOException, InterruptedException {
        return call(role, tool, arguments, "{}");
    }

    Told call(String role, String tool, String arguments, String meta) throws IOException, InterruptedException {
        var answer = ask(role, "tools/call", """
                {'name':'%s','arguments':%s,'_meta':%s}""".formatted(tool.replace('.', '_'), arguments, meta));
        return new Told(
                answer.at("/result/content/0/text").asString(answer.toString()),
                answer.at("/result/isError").asBoolean(true));
    }

    Set<String> tools(String role) throws IOException, InterruptedException {
        return ask(role, "tools/list", "{}")
                .at("/result/tools")
                .valueStream()
                .map(tool -> tool.path("name").asString().replace('_', '.'))
                .collect(Collectors.toSet());
    }

    Path configuration() {
        return configuration;
    }

    StubServer ehr() {
        return ehr;
    }

    @Override
    public void close() {
        http.shutdownNow();
        web.close();
        hub.close();
        ehr.close();
    }

    private JsonNode ask(String role, String method, String params) throws IOException, InterruptedException {
        var hello = post(role, "", """
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
                 "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
        var session = hello.headers().firstValue("Mcp-Session-Id").orElseThrow();
        var message = "{'jsonrpc':'2.0','id':1,'method':'%s','params':%s}".formatted(method, params);
        var body = post(role, session, message.replace('\'', '"')).body();
        return JSON.readTree(body.substring(body.indexOf('{')));
    }

    private HttpResponse<String> post(String role, String session, String message)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + "/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("X-Role", role)
                .POST(HttpRequest.BodyPublishers.ofString(message));
        return http.send(
                (session.isEmpty() ? request : request.header("Mcp-Session-Id", session)).build(),
                BodyHandlers.ofString());
    }

    private void fill() {
        put(
                "Patient",
                "p1",
                "",
                "'name':[{'family':'NAMEMARK','given':['Ada']}],'telecom':[{'system':'phone','value':'555-CONTACT'}]");
        put("Patient", "p2", label(CONFIDENTIALITY, "R"), "'name':[{'family':'CLOSEDMARK'}]");
        put("Patient", "p3", "", "'name':[{'family':'OTHERMARK'}]");
        of("Condition", "c1", "p1", "", "'code':{'text':'Asthma'}");
        of("Condition", "c2", "p1", label(ACT, "HIV"), "'code':{'text':'HIVMARK','coding':[{'code':'B20'}]}");
        of("Condition", "c3", "p2", "", "'code':{'text':'CLOSEDMARK'}");
        of("Condition", "c4", "p3", "", "'code':{'text':'OTHERMARK'}");
        document("d1", "p1", "", "PLAINNOTE");
        document("d2", "p1", label(ACT, "PSY"), "PSYMARK");
        document("d3", "p2", "", "CLOSEDMARK");
        put("Task", "t2", "", "'for':{'reference':'Patient/p2'},'status':'requested','intent':'order'");
        put("Appointment", "a2", "", """
                'status':'booked','participant':[{'actor':{'reference':'Patient/p2'},'status':'accepted'}]""");
        put("Appointment", "a1", "", """
                'status':'booked','start':'2026-03-02T09:00:00Z','reasonCode':[{'text':'REASONMARK'}],
                'participant':[{'actor':{'reference':'Patient/p1'},'status':'accepted'}]""");
    }

    private void document(String id, String owner, String label, String text) {
        var data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        of(
                "DocumentReference",
                id,
                owner,
                label,
                "'status':'current','type':{'text':'note'},"
                        + "'content':[{'attachment':{'contentType':'text/plain','data':'" + data + "'}}]");
    }

    private void of(String type, String id, String owner, String label, String rest) {
        put(type, id, label, "'subject':{'reference':'Patient/" + owner + "'}," + rest);
    }

    private void put(String type, String id, String label, String rest) {
        records.put(
                type + "/" + id,
                "{'resourceType':'%s',%s'id':'%s',%s}"
                        .formatted(type, label, id, rest)
                        .replace('\'', '"'));
    }

    private static String label(String system, String code) {
        return "'meta':{'security':[{'system':'" + system + "','code':'" + code + "'}]},";
    }

    /** Somebody else's rows come with every search of a chart, as of a server that does not filter. */
    private Answer answer(String target) {
        var read = READ.matcher(target);
        if (read.matches()) {
            var found = records.get(read.group(1) + "/" + read.group(2));
            return found == null ? new Answer(404, "{}") : new Answer(200, found);
        }
        var search = SEARCH.matcher(target);
        return search.matches() ? rows(search.group(1), search.group(2)) : new Answer(404, "{}");
    }

    private Answer rows(String type, String query) {
        var owner = OWNER.matcher(query);
        var wanted = owner.find() ? Set.of(owner.group(1).split(",")) : Set.of("p1", "p2", "p3");
        var rows = records.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(type + "/"))
                .filter(entry -> wanted.stream()
                        .anyMatch(id -> entry.getKey().equals("Patient/" + id)
                                || entry.getValue().contains("Patient/" + id + "\"")
                                || (!type.equals("Patient") && entry.getValue().contains("Patient/p3"))))
                .map(entry -> "{\"resource\":" + entry.getValue() + "}")
                .collect(Collectors.joining(","));
        return new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + rows + "]}");
    }

    /** Takes the header's word for who calls. */
    private static final class ByHeader implements Callers {
        @Override
        public Admission admit(HttpServletRequest request) {
            return new Admission.Admitted(caller(request.getHeader("X-Role")), null);
        }

        private static Caller caller(String role) {
            return switch (role) {
                case "portal-p1" ->
                    new Caller(
                            "pat",
                            Set.of("portal"),
                            "https://login.example",
                            "app",
                            Set.of("patient/*.rs"),
                            Set.of(Reference.parse("a/Patient/p1")),
                            null);
                case "portal-nobody" ->
                    new Caller(
                            "ned",
                            Set.of("portal"),
                            "https://login.example",
                            "app",
                            Set.of("patient/*.rs"),
                            Set.of(),
                            null);
                default -> new Caller(role, Set.of(role));
            };
        }

        @Override
        public Caller localUser() {
            return new Caller("os:test", Set.of("local"));
        }
    }
}
