package org.ehrhub.fhir.client;

import java.time.Instant;
import org.apache.http.impl.client.CloseableHttpClient;
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
     */
    record Order(Interaction kind, int mostBytes, @Nullable TraceContext trace) {
        /** An order outside any trace. */
        Order(Interaction kind, int mostBytes) {
            this(kind, mostBytes, null);
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

    Answered answered() {
        return answered;
    }

    void answered(Answered answer) {
        answered = answer;
    }
}
