package org.ehrhub.server.channels;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.ehrhub.server.config.MllpTls;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** TLS by files in PEM, which Camel's own parameters do not read. */
final class PemContext extends SSLContextParameters {
    private final SSLContext context;

    /**
     * Reads the files.
     *
     * @throws IllegalStateException when one holds no certificate or no key
     */
    PemContext(MllpTls tls) {
        var own = new PemSslStoreDetails(null, uri(tls.certificate()), uri(tls.key()));
        var trusted = new PemSslStoreDetails(null, uri(tls.authorities()), null);
        context = SslBundle.of(new PemSslStoreBundle(own, trusted)).createSslContext();
    }

    private static @Nullable String uri(@Nullable Path file) {
        return file == null ? null : file.toUri().toString();
    }

    @Override
    public SSLContext createSSLContext(CamelContext camel) {
        return context;
    }
}
