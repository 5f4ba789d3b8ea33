package org.ehrhub.sandbox;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.CloseNowException;

/** Where every request to the sandbox passes: counts it for its site and does the site's fault. */
final class SiteGate extends ValveBase {
    private final Map<String, Site> sites;

    SiteGate(Map<String, Site> sites) {
        super(true);
        this.sites = sites;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String[] path = request.getRequestURI().split("/", 3);
        Site site = path.length < 3 ? null : sites.get(path[1]);
        if (site != null && fault(site) == Fault.DOWN) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, new CloseNowException("site is down"));
            return;
        }
        getNext().invoke(request, response);
    }

    private static Fault fault(Site site) {
        try {
            return site.arrived();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Fault.DOWN;
        }
    }
}
