package org.ehrhub.fhir.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.http.impl.client.CloseableHttpClient;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.TraceContext;
import org.jspecify.annotations.Nullable;

/** One request on its way: what it needs of its call, and what its answer was like. Belongs to the thread that sends it. */
final class Sending {
    private final CloseableHttpClient http;
    private final Order order;
    private final Instant deadline;
    private final String authorization;
    private String method = "";
    private String target = "";
    private Answered answered = Answered.NOT;
    private Content refused = Content.NONE;
    private String place = "";
    private Function<String, List<String>> header = name -> List.of();

    /**
     * A request that is about to be sent.
     *
     * @param http the connections it goes over
     * @param deadline of the call
     * @param authorization the login's header, empty for none
     */
    Sending(CloseableHttpClient http, Order order, Instant deadline, String authorization) {
        this.http = http;
        this.order = order;
        this.deadline = deadline;
        this.authorization = authorization;
    }

    /**
     * What is asked.
     *
     * @param kind what it is
     * @param mostBytes the longest answer that is read
     * @param trace the trace that it belongs to; none where who is asked must not learn of it
     * @param habits of the server that is asked
     * @param headers that it carries beside the usual ones
     * @param pass by which the server lets it through
     */
    record Order(
            Interaction kind,
            int mostBytes,
            @Nullable TraceContext trace,
            ServerHabits habits,
            Map<String, String> headers,
            ServerHabits.Pass pass) {
        /** An order outside any trace, to somebody of whom nothing is known. */
        Order(Interaction kind, int mostBytes) {
            this(kind, mostBytes, null, ServerHabits.STANDARD, Map.of(), ServerHabits.Pass.FREE);
        }
    }

    CloseableHttpClient http() {
        return http;
    }

    Interaction kind() {
        return order.kind();
    }

    int mostBytes() {
        return order.mostBytes();
    }

    Instant deadline() {
        return deadline;
    }

    String authorization() {
        return authorization;
    }

    /** The path that is asked, with its parameters; empty until it is sent. */
    String target() {
        return target;
    }

    /** The HTTP method; empty until it is sent. */
    String method() {
        return method;
    }

    void sent(String by, String path) {
        method = by;
        target = path;
    }

    @Nullable
    TraceContext trace() {
        return order.trace();
    }

    Map<String, String> headers() {
        return order.headers();
    }

    /** Lets the server's habits learn of an answer. */
    void learn(int status, Function<String, List<String>> headers) {
        order.pass().answered(status, headers);
        header = headers;
        place = headers.apply("Content-Location").stream().findFirst().orElse("");
    }

    /** The exchange has ended. */
    void over() {
        order.pass().over();
    }

    /** A JSON answer without what must not come into the hub. */
    byte[] cleaned(byte[] json) {
        return order.habits().cleaned(json);
    }

    /** Where the outcome will be, as the answer says; empty without it. */
    String place() {
        return place;
    }

    /** Keeps what came with a refusal, for the server's habits to look at. */
    void refused(Content body) {
        refused = body;
    }

    Content refused() {
        return refused;
    }

    /** What the refusal means where that is not what its status says. */
    Optional<EhrFailure> refusal() {
        return order.habits().refusal(new Refusal(kind(), answered.status(), refused, order.headers(), header));
    }

    Answered answered() {
        return answered;
    }

    void answered(Answered answer) {
        answered = answer;
    }
}
