package org.ehrhub.server;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Serves the named proxies and this machine only: whoever else reaches the port speaks without TLS. What a proxy says in
 * forwarded headers is not read; the hub's own address is configured.
 */
final class TrustedProxy implements Filter {
    private final Set<InetAddress> proxies;

    TrustedProxy(Set<String> proxies) {
        this.proxies = proxies.stream().map(InetAddress::ofLiteral).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (serves(InetAddress.ofLiteral(request.getRemoteAddr()))) {
            chain.doFilter(request, response);
        } else {
            ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    boolean serves(InetAddress from) {
        return from.isLoopbackAddress() || proxies.contains(from);
    }
}
