package org.ehrhub.server.approvals;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.ehrhub.server.approvals.ApprovalHtml.Head;
import org.ehrhub.server.approvals.Visits.Visit;
import org.ehrhub.server.login.LoginRefused;
import org.ehrhub.tools.Caller;
import org.jspecify.annotations.Nullable;

/**
 * {@code /approvals}: what waits, one of them, and the decision. Nothing is decided but by a form of the page itself, within a visit
 * that began with a login or a one-time link.
 */
public final class ApprovalPages extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final transient Supplier<ApprovalDesk> desk;
    private final transient ApproverDoor door;
    private final transient PageGate gate;
    private final transient Visits visits;
    private final String visitCookie;
    private final String loginCookie;

    /** Pages of this desk, which may still be on its way. */
    public ApprovalPages(Supplier<ApprovalDesk> desk, ApproverDoor door, Visits visits) {
        this.desk = desk;
        this.door = door;
        this.gate = new PageGate(door.hosts());
        this.visits = visits;
        this.visitCookie = cookieOfVisit(door);
        this.loginCookie = (door.https() ? "__Host-" : "") + "approvals-login";
    }

    /** What it is served under. */
    public static String[] paths() {
        return new String[] {"/approvals", "/approvals/*"};
    }

    /** The name of the cookie in which a browser shows its visit. */
    public static String cookieOfVisit(ApproverDoor door) {
        return (door.https() ? "__Host-" : "") + "approvals";
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageGate.tell(response);
        var refusal = gate.refusal(request);
        if (refusal.isPresent()) {
            response.setStatus(refusal.get());
            return;
        }
        var path = Objects.requireNonNullElse(request.getPathInfo(), "/").substring(1);
        switch (request.getMethod()) {
            case "GET" -> get(path, request, response);
            case "POST" -> post(path, request, response);
            default -> {
                response.setHeader("Allow", "GET, POST");
                response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        }
    }

    private void get(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path) {
            case "style.css" -> style(response);
            case "login" -> login(response);
            case "callback" -> callback(request, response);
            case "enter" ->
                show(
                        response,
                        200,
                        ApprovalHtml.door(
                                new Head(null, null, null),
                                "This link lets the operating-system user "
                                        + door.localUser().subject() + " approve calls. It works once.",
                                ApprovalHtml.enter(String.valueOf(request.getParameter("link")))));
            default -> {
                var visit = visit(request);
                if (visit.isEmpty()) {
                    closed(response, path.isEmpty() ? 200 : 401, null);
                } else if (path.isEmpty()) {
                    list(response, visit.get(), null);
                } else {
                    one(response, visit.get(), path, null);
                }
            }
        }
    }

    private void post(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (path.equals("enter")) {
            enter(request, response);
            return;
        }
        var visit = visit(request).filter(one -> PageGate.shows(request.getParameter("form"), one.form()));
        if (visit.isEmpty()) {
            closed(response, 403, "The form was not of this visit, or the visit has ended. Nothing was decided.");
        } else if (path.equals("leave")) {
            visits.end(visit.get().secret());
            cookie(response, visitCookie, "", 0, "Strict");
            closed(response, 200, "You have left.");
        } else {
            decide(visit.get(), path, request, response);
        }
    }

    private void enter(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var secret = String.valueOf(request.getParameter("link"));
        var isHere = InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress();
        if (isHere && door.links().redeem(secret)) {
            begin(response, door.localUser());
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", "/approvals");
        } else {
            closed(response, 403, "The link was used, is too old, or is none of this hub.");
        }
    }

    private void login(HttpServletResponse response) throws IOException {
        var login = door.login();
        if (login == null) {
            closed(response, 404, null);
            return;
        }
        try {
            var begun = login.begin();
            cookie(response, loginCookie, begun.attempt(), 600, "Lax");
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", begun.address().toString());
        } catch (LoginRefused e) {
            closed(response, e.status(), e.words());
        }
    }

    private void callback(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var login = door.login();
        var browser = PageGate.cookie(request, loginCookie);
        cookie(response, loginCookie, "", 0, "Lax");
        if (login == null || browser.isEmpty()) {
            closed(response, 403, "This browser did not begin to log in here. Begin again.");
            return;
        }
        try {
            var person = login.finish(
                    browser.get(),
                    String.valueOf(request.getParameter("state")),
                    request.getParameter("code"),
                    request.getParameter("iss"));
            var visit = begin(response, person);
            // Not a redirect: a browser that comes from the login server would not show the new cookie at once.
            show(
                    response,
                    200,
                    ApprovalHtml.door(new Head(person, visit.form(), null), "You are logged in.", ApprovalHtml.goOn()));
        } catch (LoginRefused e) {
            closed(response, e.status(), e.words());
        }
    }

    private Visit begin(HttpServletResponse response, Caller person) {
        var visit = visits.begin(person);
        cookie(response, visitCookie, visit.secret(), -1, "Strict");
        return visit;
    }

    private void list(HttpServletResponse response, Visit visit, @Nullable String notice) throws IOException {
        show(response, 200, ApprovalHtml.list(head(visit, notice), desk.get().waiting(visit.person())));
    }

    private void one(HttpServletResponse response, Visit visit, String id, @Nullable String notice) throws IOException {
        var held = ID.matcher(id).matches()
                ? desk.get().show(visit.person(), id)
                : Optional.<org.ehrhub.policy.Approvals.Held>empty();
        if (held.isEmpty()) {
            show(
                    response,
                    404,
                    ApprovalHtml.door(head(visit, null), "There is none here for you to decide.", ApprovalHtml.goOn()));
        } else {
            show(
                    response,
                    200,
                    ApprovalHtml.one(head(visit, notice), held.get(), desk.get().counts(visit.person(), held.get())));
        }
    }

    private void decide(Visit visit, String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var decision = String.valueOf(request.getParameter("decision"));
        if (!ID.matcher(id).matches() || !(decision.equals("approve") || decision.equals("reject"))) {
            closed(response, HttpServletResponse.SC_BAD_REQUEST, "Nothing was decided.");
            return;
        }
        var outcome = desk.get().decide(visit.person(), id, decision.equals("approve"), request.getParameter("reason"));
        switch (outcome) {
            case DECIDED -> list(response, visit, decision.equals("approve") ? "Approved, once." : "Rejected.");
            case LATE -> one(response, visit, id, "It was decided before, or its time is over.");
            case OWN -> one(response, visit, id, "Another person than the one who asked has to approve this.");
            case NONE -> one(response, visit, id, null);
        }
    }

    /** The page to whoever has not come in. */
    private void closed(HttpServletResponse response, int status, @Nullable String notice) throws IOException {
        var way = door.login() == null ? "" : "<p><a href=\"/approvals/login\">Log in</a></p>";
        show(
                response,
                status,
                ApprovalHtml.door(
                        new Head(null, null, notice),
                        "To see and decide what agents ask for, "
                                + (door.login() == null
                                        ? "open the link that `./ehr-hub approvals link` prints."
                                        : "log in."),
                        way));
    }

    private static Head head(Visit visit, @Nullable String notice) {
        return new Head(visit.person(), visit.form(), notice);
    }

    private Optional<Visit> visit(HttpServletRequest request) {
        return PageGate.cookie(request, visitCookie).flatMap(visits::find);
    }

    private void cookie(HttpServletResponse response, String name, String value, int seconds, String site) {
        response.addHeader(
                "Set-Cookie",
                name + "=" + value + "; Path=/; HttpOnly; SameSite=" + site
                        + (door.https() ? "; Secure" : "")
                        + (seconds < 0 ? "" : "; Max-Age=" + seconds));
    }

    private static void show(HttpServletResponse response, int status, String html) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
    }

    private static void style(HttpServletResponse response) throws IOException {
        response.setContentType("text/css;charset=utf-8");
        try (var in = ApprovalPages.class.getResourceAsStream("style.css")) {
            Objects.requireNonNull(in, "The style is part of the hub").transferTo(response.getOutputStream());
        }
    }
}
