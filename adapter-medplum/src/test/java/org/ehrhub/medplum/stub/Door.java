package org.ehrhub.medplum.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.ehrhub.medplum.stub.Front.Answered;
import org.jspecify.annotations.Nullable;

/** The stub's HTTP server on loopback, which hears everything and can lose or spoil answers. */
final class Door implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private volatile @Nullable Front front;
    private volatile Predicate<Asked> lost = asked -> false;
    private volatile Predicate<Asked> failing = asked -> false;

    Door() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    int port() {
        return server.getAddress().getPort();
    }

    void open(Front behind) {
        front = behind;
        server.start();
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    void forget() {
        heard.clear();
    }

    void lose(Predicate<Asked> which) {
        lost = which;
    }

    void fail(Predicate<Asked> which) {
        failing = which;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = Asked.of(exchange);
            var behind = front;
            if (behind == null || failing.test(asked)) {
                heard.add(new Heard(asked, 503, ""));
                send(
                        exchange,
                        new Answered(Said.of(503, "text/html; charset=utf-8", "<html>Unavailable</html>"), List.of()));
                return;
            }
            var answered = behind.answer(asked);
            heard.add(new Heard(asked, answered.said().status(), answered.said().text()));
            if (!lost.test(asked)) {
                send(exchange, answered);
            }
        }
    }

    private static void send(HttpExchange exchange, Answered answered) throws IOException {
        var said = answered.said();
        var headers = exchange.getResponseHeaders();
        said.headers().forEach(headers::set);
        answered.limits().forEach(value -> headers.add("RateLimit", value));
        var body = said.body();
        var bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
        exchange.sendResponseHeaders(said.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
