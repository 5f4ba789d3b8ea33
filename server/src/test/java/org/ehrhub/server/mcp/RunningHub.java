package org.ehrhub.server.mcp;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.ehrhub.routes.ToolCaller;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** The MCP server of a fake hub on a real web server, with virtual threads as the hub has them. */
final class RunningHub implements AutoCloseable {
    static final String JSON_AND_EVENTS = "application/json, text/event-stream";

    private final ServletWebServerApplicationContext context;
    final HttpClient http = HttpClient.newHttpClient();

    RunningHub(ToolCaller hub, McpSettings settings) {
        this(hub, settings, new LoopbackCallers());
    }

    RunningHub(ToolCaller hub, McpSettings settings, Callers callers) {
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "server.port", "0",
                        "server.address", "127.0.0.1",
                        "spring.threads.virtual.enabled", "true",
                        "spring.main.banner-mode", "off",
                        "spring.main.register-shutdown-hook", "false",
                        "logging.level.root", "WARN",
                        "logging.level.io.modelcontextprotocol", "OFF"))
                .initializers((GenericApplicationContext before) -> {
                    before.registerBean(ToolCaller.class, () -> hub);
                    before.registerBean(McpSettings.class, () -> settings);
                    before.registerBean(Callers.class, () -> callers);
                })
                .run();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration(TomcatServletWebServerAutoConfiguration.class)
    @Import(McpConfiguration.class)
    static class App {}

    int port() {
        return context.getWebServer().getPort();
    }

    McpSyncClient client() {
        var transport = HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + port())
                .build();
        return McpClient.sync(transport).build();
    }

    HttpRequest.Builder post(String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", JSON_AND_EVENTS)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Opens a session and gives its id. */
    String session() throws IOException, InterruptedException {
        var answer = send(post("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
                "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}"""));
        return answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    /** Sends what no orderly HTTP client would. */
    String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void stop() {
        context.close();
    }

    @Override
    public void close() {
        http.shutdownNow();
        stop();
    }
}
