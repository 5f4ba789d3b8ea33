package org.ehrhub.fhir.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpRequest;
import org.apache.http.NoHttpResponseException;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.tools.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one server: a pool as large as the settings say, the login on each request, waits that end with the
 * call's deadline. Follows no redirect, so credentials stay with the configured server, and repeats no write.
 */
final class HttpConnections {
    /** Of the call whose request is being sent by this thread. */
    static final ScopedValue<Sending> SENDING = ScopedValue.newInstance();

    private static final String IF_NONE_EXIST = "If-None-Exist";
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int CHECK_AFTER_IDLE_MS = 1000;
    private static final int KEEP_SECONDS = 60;
    private static final int MOST_HEADERS = 200;
    private static final int LONGEST_HEADER = 64 * 1024;

    private final Duration longestWait;
    private final InstantSource clock;

    private HttpConnections(Duration longestWait, InstantSource clock) {
        this.longestWait = longestWait;
        this.clock = clock;
    }

    static CloseableHttpClient open(FhirR4Config config, InstantSource clock) {
        var connections = new HttpConnections(config.longestWait(), clock);
        var pool = new PoolingHttpClientConnectionManager(
                RegistryBuilder.<ConnectionSocketFactory>create()
                        .register("http", PlainConnectionSocketFactory.getSocketFactory())
                        .register("https", SSLConnectionSocketFactory.getSocketFactory())
                        .build(),
                null,
                null,
                Networks.of(config),
                KEEP_SECONDS,
                TimeUnit.SECONDS);
        pool.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setMessageConstraints(MessageConstraints.custom()
                        .setMaxHeaderCount(MOST_HEADERS)
                        .setMaxLineLength(LONGEST_HEADER)
                        .build())
                .build());
        pool.setMaxTotal(config.mostConnections());
        pool.setDefaultMaxPerRoute(config.mostConnections());
        pool.setValidateAfterInactivity(CHECK_AFTER_IDLE_MS);
        return HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setRetryHandler((failure, tries, context) -> {
                    var again = tries == 1
                            && isStale(failure)
                            && !SENDING.get().kind().write();
                    if (again) {
                        pool.closeIdleConnections(0, TimeUnit.SECONDS); // where one has gone stale the others have too
                    }
                    return again;
                })
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .addInterceptorFirst(connections::prepare)
                .addInterceptorLast(new SafeReading(config.longestWait(), clock))
                .build();
    }

    private void prepare(HttpRequest request, HttpContext context) {
        var sending = SENDING.get();
        sending.sent(
                request.getRequestLine().getMethod(), request.getRequestLine().getUri());
        trace(request, sending.trace());
        bare(request);
        // Some servers answer a search with what they found for an earlier one.
        request.setHeader("Cache-Control", "no-cache");
        request.setHeader("Accept-Encoding", "gzip");
        sending.headers().forEach(request::setHeader);
        if (!sending.authorization().isEmpty()) {
            request.setHeader("Authorization", sending.authorization());
        }
        var left = Duration.between(clock.instant(), sending.deadline());
        HttpClientContext.adapt(context)
                .setRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(millis(left, CONNECT))
                        .setConnectionRequestTimeout(millis(left, longestWait))
                        .setSocketTimeout(millis(left, longestWait))
                        .setRedirectsEnabled(false)
                        .build());
    }

    /** HAPI writes a whole address where FHIR has the parameters of a search alone (R4, 3.1.0.8.1). */
    private static void bare(HttpRequest request) {
        var condition = request.getFirstHeader(IF_NONE_EXIST);
        if (condition != null) {
            var written = condition.getValue();
            request.setHeader(IF_NONE_EXIST, written.substring(written.indexOf('?') + 1));
        }
    }

    private static void trace(HttpRequest request, @Nullable TraceContext trace) {
        if (trace != null) {
            request.setHeader("traceparent", trace.parent());
            if (!trace.state().isEmpty()) {
                request.setHeader("tracestate", trace.state());
            }
        }
    }

    /** At least 1: to the Apache client 0 means for ever. */
    private static int millis(Duration left, Duration most) {
        return (int) Math.max(1, (left.compareTo(most) < 0 ? left : most).toMillis());
    }

    /** The server had closed the connection while it lay idle; a server that is not there is another matter. */
    private static boolean isStale(IOException failure) {
        return failure instanceof NoHttpResponseException
                || (failure instanceof SocketException && !(failure instanceof ConnectException));
    }
}
