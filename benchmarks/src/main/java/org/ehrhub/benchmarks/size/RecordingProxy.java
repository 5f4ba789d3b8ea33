package org.ehrhub.benchmarks.size;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;

/**
 * Stands between the hub and the EHR and keeps what the EHR answered: exactly what the hub made its own answer of. Passes on
 * the Host the hub asked for, so that the EHR's links lead back here.
 */
final class RecordingProxy implements AutoCloseable {
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "transfer-encoding", "accept-encoding", "date");

    private final CloseableHttpClient http;
    private final URI ehr;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<byte[]> answers = Collections.synchronizedList(new ArrayList<>());

    private RecordingProxy(CloseableHttpClient http, URI ehr, HttpServer server) {
        this.http = http;
        this.ehr = ehr;
        this.server = server;
    }

    static RecordingProxy start(CloseableHttpClient http, URI ehr) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var proxy = new RecordingProxy(http, ehr, server);
        server.setExecutor(proxy.threads);
        server.createContext("/", proxy::pass);
        server.start();
        return proxy;
    }

    /** Where the EHR is by way of this proxy. */
    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + ehr.getPath());
    }

    /** What the EHR has answered since this was asked before. */
    List<byte[]> taken() {
        synchronized (answers) {
            var taken = List.copyOf(answers);
            answers.clear();
            return taken;
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request =
                    RequestBuilder.create(exchange.getRequestMethod()).setUri(ehr.resolve(exchange.getRequestURI()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (passedOn(name)) {
                    values.forEach(value -> request.addHeader(name, value));
                }
            });
            var body = exchange.getRequestBody().readAllBytes();
            if (body.length > 0) {
                request.setEntity(new ByteArrayEntity(body));
            }
            try (var answer = http.execute(request.build())) {
                for (var header : answer.getAllHeaders()) {
                    if (passedOn(header.getName())) {
                        exchange.getResponseHeaders().add(header.getName(), header.getValue());
                    }
                }
                var bytes = answer.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(answer.getEntity());
                answers.add(bytes);
                exchange.sendResponseHeaders(
                        answer.getStatusLine().getStatusCode(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private static boolean passedOn(String header) {
        return !NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
