package org.ehrhub.fhir.client;

import java.time.Instant;
import org.apache.http.impl.client.CloseableHttpClient;

/** One request on its way: what it needs of its call, and what its answer was like. Belongs to the thread that sends it. */
final class Sending {
    private final CloseableHttpClient http;
    private final Order order;
    private final Instant deadline;
    private final String authorization;
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
     */
    record Order(Interaction kind, int mostBytes) {}

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

    void target(String path) {
        target = path;
    }

    Answered answered() {
        return answered;
    }

    void answered(Answered answer) {
        answered = answer;
    }
}
