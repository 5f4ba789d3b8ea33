package org.ehrhub.server.userlogin;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Secret;
import org.ehrhub.adapters.UserLogin;
import org.ehrhub.routes.json.Seals;
import org.ehrhub.server.approvals.ApprovalPages;
import org.ehrhub.server.approvals.ApproverDoor;
import org.ehrhub.server.approvals.PageGate;
import org.ehrhub.server.approvals.Visits;
import org.ehrhub.server.approvals.Visits.Visit;
import org.ehrhub.server.login.ProofKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /logins/{ehr}}: where a user of the hub logs in to an EHR that lets in its own users only, sees whether that was done, and
 * ends it. Who they are to the hub, the visit says that began with the hub's own login.
 */
public final class EhrLoginPages extends HttpServlet {
    /** What it is served under. */
    public static final String PATH = "/logins/*";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(EhrLoginPages.class);
    private static final Pattern PLACE = Pattern.compile("/([a-z][a-z0-9-]{0,31})(/callback)?");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final transient Function<String, Optional<UserLogin>> logins;
    private final transient ApproverDoor door;
    private final transient Visits visits;
    private final transient PageGate gate;
    private final transient Seals seals;

    /** Pages of these EHRs' logins. */
    public EhrLoginPages(Function<String, Optional<UserLogin>> logins, ApproverDoor door, Visits visits) {
        this.logins = logins;
        this.door = door;
        this.visits = visits;
        this.gate = new PageGate(door.hosts());
        this.seals = new Seals(ProofKeys.key());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageGate.tell(response);
        var refusal = gate.refusal(request);
        var place = PLACE.matcher(Objects.requireNonNullElse(request.getPathInfo(), ""));
        var ehr = place.matches() ? place.group(1) : "";
        var login = refusal.isPresent() || ehr.isEmpty() ? Optional.<UserLogin>empty() : logins.apply(ehr);
        if (login.isEmpty()) {
            response.setStatus(refusal.orElse(HttpServletResponse.SC_NOT_FOUND));
            return;
        }
        var visitor = new Visitor(ehr, login.get(), request, response);
        try {
            if (request.getMethod().equals("GET") && place.group(2) != null) {
                comeBack(visitor);
            } else if (request.getMethod().equals("GET")) {
                show(visitor, "");
            } else if (request.getMethod().equals("POST") && place.group(2) == null) {
                decide(visitor);
            } else {
                response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        } catch (EhrFailure e) {
            LOG.warn("A user's login to {} was not completed: {}", ehr, e.code());
            say(visitor, 502, "<p>" + e.getMessage() + " " + e.result().hint() + "</p>" + again(visitor));
        } catch (UncheckedIOException e) {
            LOG.warn("A user's login to {} could not be recorded or kept", ehr);
            say(
                    visitor,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "<p>The hub cannot keep this on the record now. Try again.</p>" + again(visitor));
        }
    }

    private record Visitor(String ehr, UserLogin login, HttpServletRequest request, HttpServletResponse response) {}

    private void show(Visitor visitor, String notice) throws IOException {
        var visit = visit(visitor.request());
        if (visit.isEmpty()) {
            say(
                    visitor,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "<p>Come in to the hub first, then open this page again.</p><p><a href=\"/approvals\">Come in</a></p>");
            return;
        }
        var has = visitor.login().has(visit.get().person().principal());
        var words = has
                ? "You have a login to this EHR; agents that call for you use it."
                : "You have no login to this EHR. Agents that call for you cannot use it.";
        var end = has ? button("end", "End it") : "";
        say(
                visitor,
                HttpServletResponse.SC_OK,
                notice + "<p>" + words + "</p><form method=\"post\" action=\"/logins/" + visitor.ehr()
                        + "\"><input type=\"hidden\" name=\"form\" value=\""
                        + visit.get().form() + "\">"
                        + button("begin", has ? "Log in again" : "Log in") + end + "</form>");
    }

    private void decide(Visitor visitor) throws IOException {
        var request = visitor.request();
        var visit = visit(request).filter(one -> PageGate.shows(request.getParameter("form"), one.form()));
        if (visit.isEmpty()) {
            visitor.response().setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        var principal = visit.get().person().principal();
        switch (String.valueOf(request.getParameter("do"))) {
            case "begin" -> leave(visitor, principal);
            case "end" -> {
                visitor.login().end(principal);
                show(visitor, "");
            }
            default -> visitor.response().setStatus(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    private void leave(Visitor visitor, String principal) throws IOException {
        var attempt = Attempt.of(principal, door.clock().instant());
        var asked = new UserLogin.Attempt(callback(visitor), attempt.state(), ProofKeys.challenge(attempt.verifier()));
        var address = visitor.login().begin(asked, door.clock().instant().plus(PATIENCE));
        cookie(visitor, attempt.sealed(seals, visitor.ehr()), Attempt.LIFE.toSeconds());
        // A link: browsers hold the redirect of a form to the page's form-action, which names no other site.
        say(
                visitor,
                HttpServletResponse.SC_OK,
                "<p><a href=\"" + address.toString().replace("&", "&amp;") + "\">Go on to the EHR's own login</a></p>");
    }

    private void comeBack(Visitor visitor) throws IOException {
        var request = visitor.request();
        var state = String.valueOf(request.getParameter("state"));
        var attempt = PageGate.cookie(request, cookie(visitor.ehr()))
                .flatMap(shown ->
                        Attempt.open(seals, visitor.ehr(), shown, door.clock().instant()))
                .filter(begun -> begun.isAnsweredBy(state));
        var code = request.getParameter("code");
        cookie(visitor, "", 0);
        if (attempt.isEmpty() || code == null) {
            say(
                    visitor,
                    HttpServletResponse.SC_FORBIDDEN,
                    "<p>The login was not finished, or was not begun by this browser.</p>" + again(visitor));
            return;
        }
        var verifier = attempt.get().verifier();
        visitor.login()
                .finish(
                        attempt.get().principal(),
                        new UserLogin.Code(callback(visitor), Secret.from(() -> code), Secret.from(() -> verifier)),
                        door.clock().instant().plus(PATIENCE));
        LOG.info("A user logged in to {}", visitor.ehr());
        say(visitor, HttpServletResponse.SC_OK, "<p>You are logged in.</p>" + again(visitor));
    }

    /** The gate has let in only names that are the hub's. */
    private URI callback(Visitor visitor) {
        return URI.create((door.https() ? "https://" : "http://")
                + visitor.request().getHeader("Host") + "/logins/" + visitor.ehr() + "/callback");
    }

    private Optional<Visit> visit(HttpServletRequest request) {
        return PageGate.cookie(request, ApprovalPages.cookieOfVisit(door)).flatMap(visits::find);
    }

    /**
     * By https with the prefix that keeps other sites of the domain from setting it (RFC 6265bis, 4.1.3.2): whose cookie it is,
     * theirs is the login.
     */
    private String cookie(String ehr) {
        return (door.https() ? "__Host-" : "") + "ehr-login-" + ehr;
    }

    /** Lax, because the browser comes back from another site. */
    private void cookie(Visitor visitor, String value, long seconds) {
        visitor.response()
                .addHeader(
                        "Set-Cookie",
                        cookie(visitor.ehr()) + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + seconds
                                + (door.https() ? "; Secure" : ""));
    }

    private static String button(String what, String words) {
        return "<button name=\"do\" value=\"" + what + "\" class=\"yes\">" + words + "</button>";
    }

    private static String again(Visitor visitor) {
        return "<p><a href=\"/logins/" + visitor.ehr() + "\">Go on</a></p>";
    }

    /** Every part of it is the hub's own, the name of the EHR included. */
    private static void say(Visitor visitor, int status, String body) throws IOException {
        var html = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Login to " + visitor.ehr()
                + "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<link rel=\"stylesheet\" href=\"/approvals/style.css\"></head><body><header><b>EHR Hub</b></header>"
                + "<main><h1>Login to " + visitor.ehr() + "</h1>" + body + "</main></body></html>\n";
        visitor.response().setStatus(status);
        visitor.response().setContentType("text/html;charset=utf-8");
        visitor.response().getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
    }
}
