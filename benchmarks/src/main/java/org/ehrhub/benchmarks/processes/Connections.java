package org.ehrhub.benchmarks.processes;

import org.apache.http.client.config.RequestConfig;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;

/** Pooled connections, kept alive, set as the hub's FHIR adapter sets its own. */
public final class Connections {
    private static final int CHECK_AFTER_IDLE_MILLIS = 1000;
    private static final int LONGEST_MILLIS = 15_000;

    private Connections() {}

    /** A pool of at most this many connections to one server. */
    public static CloseableHttpClient pool(int most) {
        var pool = new PoolingHttpClientConnectionManager();
        pool.setMaxTotal(most);
        pool.setDefaultMaxPerRoute(most);
        pool.setValidateAfterInactivity(CHECK_AFTER_IDLE_MILLIS);
        return HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(LONGEST_MILLIS)
                        .setSocketTimeout(LONGEST_MILLIS)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }
}
