package org.ehrhub.mllp.sockets;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TLS 1.2 or 1.3 on a connection that is there; its handshake is left to the caller, who knows how long it may take. */
public final class Securing {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private Securing() {}

    /** The end that made the connection; the peer's certificate must be that host's. */
    public static SSLSocket dialled(Socket plain, SSLContext tls, String host) throws IOException {
        var secured = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        secured.setSSLParameters(checkingTheHost(secured.getSSLParameters()));
        return secured;
    }

    /** Java's sockets check a certificate's host only where they are told to (RFC 9110, 4.3.4). */
    private static SSLParameters checkingTheHost(SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(PROTOCOLS);
        return parameters;
    }

    /** The end that listened; the peer must show a certificate where {@code certificate} says so. */
    public static SSLSocket accepted(Socket plain, SSLContext tls, boolean certificate) throws IOException {
        var address = plain.getInetAddress().getHostAddress();
        var secured = (SSLSocket) tls.getSocketFactory().createSocket(plain, address, plain.getPort(), true);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(PROTOCOLS);
        secured.setNeedClientAuth(certificate);
        return secured;
    }
}
