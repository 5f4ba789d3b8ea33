package org.ehrhub.benchmarks.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.http.HttpEntity;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One MCP session over Streamable HTTP, for one thread, on the HTTP client that HAPI uses as well: what is measured between
 * the two is the hub, not the HTTP library. Parses each answer whole, as a client must.
 */
public final class HttpMcpClient implements AutoCloseable {
    private static final String SESSION = "Mcp-Session-Id";
    private static final String EVENT_DATA = "data:";

    private final CloseableHttpClient http;
    private final URI endpoint;
    private @Nullable String session;
    private long lastId;

    /** Opens a session. */
    public HttpMcpClient(CloseableHttpClient http, URI endpoint) throws IOException {
        this.http = http;
        this.endpoint = endpoint;
        call("initialize", Messages.initialize());
        try (var answer = http.execute(post(Messages.notification("notifications/initialized")))) {
            EntityUtils.consume(answer.getEntity());
        }
    }

    /** Asks and waits for the result. */
    public JsonNode call(String method, ObjectNode params) throws IOException {
        long id = ++lastId;
        try (var answer = http.execute(post(Messages.request(id, method, params)))) {
            if (session == null && answer.getFirstHeader(SESSION) != null) {
                session = answer.getFirstHeader(SESSION).getValue();
            }
            return Messages.result(message(answer), id);
        }
    }

    /** Has a tool called; a tool that failed is an exception. */
    public JsonNode tool(String name, ObjectNode arguments) throws IOException {
        var result = call("tools/call", Messages.call(name, arguments));
        if (result.path("isError").asBoolean(false)) {
            throw new IllegalStateException("The tool " + name + " failed: " + result);
        }
        return result;
    }

    private HttpPost post(byte[] message) {
        var post = new HttpPost(endpoint);
        post.setHeader("Accept", "application/json, text/event-stream");
        if (session != null) {
            post.setHeader(SESSION, session);
            post.setHeader("MCP-Protocol-Version", Messages.VERSION);
        }
        post.setEntity(new ByteArrayEntity(message, ContentType.APPLICATION_JSON));
        return post;
    }

    private static JsonNode message(CloseableHttpResponse answer) throws IOException {
        var entity = answer.getEntity();
        if (answer.getStatusLine().getStatusCode() != 200 || entity == null) {
            throw new IllegalStateException("The hub answered " + answer.getStatusLine());
        }
        var stream = "text/event-stream".equals(ContentType.getOrDefault(entity).getMimeType());
        return Messages.JSON.readTree(
                stream ? onlyEvent(entity) : EntityUtils.toString(entity, StandardCharsets.UTF_8));
    }

    /** The data of the one event that is the answer; reads to the end of the stream, so that the connection is kept. */
    private static String onlyEvent(HttpEntity entity) throws IOException {
        var data = new StringBuilder();
        try (var lines = new BufferedReader(new InputStreamReader(entity.getContent(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EVENT_DATA)) {
                    data.append(line, EVENT_DATA.length(), line.length());
                }
            }
        }
        return data.toString();
    }

    /** Ends the session. */
    @Override
    public void close() throws IOException {
        var delete = new HttpDelete(endpoint);
        delete.setHeader(SESSION, session);
        http.execute(delete).close();
    }
}
