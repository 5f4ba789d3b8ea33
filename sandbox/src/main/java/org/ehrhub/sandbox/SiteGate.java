package org.ehrhub.sandbox;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.CloseNowException;

/** Where every request to the sandbox passes: counts it for its site and does the site's fault. */
final class SiteGate extends ValveBase {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final Map<String, Site> sites;

    SiteGate(Map<String, Site> sites) {
        super(true);
        this.sites = sites;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String[] path = request.getRequestURI().split("/", 3);
        Site site = path.length < 3 ? null : sites.get(path[1]);
        boolean write = isWrite(request);
        Fault fault = site == null ? Fault.NONE : fault(site, write);
        boolean lost = fault == Fault.LOSES_ANSWERS && write;
        if (fault != Fault.DOWN) {
            response.setSuspended(lost);
            getNext().invoke(request, response);
        }
        if (lost || fault == Fault.DOWN) {
            response.getCoyoteResponse()
                    .action(ActionCode.CLOSE_NOW, new CloseNowException("the site's fault is " + fault));
        }
    }

    /** Searches by form and operations other than {@code $submit} only read, although they are POSTed. */
    private static boolean isWrite(Request request) {
        String path = request.getRequestURI();
        String last = path.substring(path.lastIndexOf('/') + 1);
        boolean reads = last.equals("_search") || (last.startsWith("$") && !last.equals("$submit"));
        return !READS.contains(request.getMethod()) && !reads;
    }

    private static Fault fault(Site site, boolean write) {
        try {
            return site.arrived(write);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Fault.DOWN;
        }
    }
}
