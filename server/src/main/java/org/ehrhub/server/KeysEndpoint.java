package org.ehrhub.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.EhrRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's public keys for one EHR's login server, at {@code /ehrs/{ehr}/jwks.json}: what is registered there as the JWK set
 * of the hub, so that keys can be rotated without a new registration (SMART App Launch 2.2, Asymmetric Authentication).
 */
final class KeysEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(KeysEndpoint.class);

    static final String PATH = "/ehrs/*";

    private static final Pattern EHR = Pattern.compile("/([a-z][a-z0-9-]{0,31})/jwks\\.json");

    private final transient StartingHub hub;

    KeysEndpoint(StartingHub hub) {
        this.hub = hub;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = EHR.matcher(String.valueOf(request.getPathInfo()));
        if (!path.matches()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var ehr = path.group(1);
        try {
            var keys = find(ehr);
            if (keys.isEmpty()) {
                response.setStatus(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            response.setContentType("application/json");
            response.setHeader("Cache-Control", "public, max-age=300");
            response.getWriter().write(keys.get());
        } catch (EhrFailure e) {
            LOG.warn("the public keys for {} cannot be published: {}", ehr, e.getMessage());
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private Optional<String> find(String ehr) {
        return hub.await().ehrs().find(ehr).map(EhrRegistry.Entry::adapter).flatMap(adapter -> adapter.publicKeys());
    }
}
