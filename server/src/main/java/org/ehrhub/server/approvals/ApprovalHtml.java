package org.ehrhub.server.approvals;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.Approvals.Held;
import org.ehrhub.policy.Approvals.State;
import org.ehrhub.routes.approvals.Preview;
import org.ehrhub.routes.approvals.VisibleText;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ToolCatalog;
import org.jspecify.annotations.Nullable;

/** The pages as HTML: no scripts, and every text that is not the hub's own is escaped where it enters. */
final class ApprovalHtml {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private ApprovalHtml() {}

    /** What stands in the head of a page: whose visit it is, and a word on what just happened. */
    record Head(
            @Nullable Caller person,
            @Nullable String form,
            @Nullable String notice) {}

    static String list(Head head, List<Held> waiting) {
        var rows = waiting.stream()
                .map(held -> "<li><a href=\"/approvals/" + escaped(held.id()) + "\">" + escaped(title(held))
                        + "</a><span>" + escaped(held.question().ehr()) + " · asked by "
                        + escaped(held.question().principal()) + " · until "
                        + TIME.format(held.question().expires()) + "</span></li>")
                .collect(Collectors.joining("\n"));
        var body = waiting.isEmpty()
                ? "<p class=\"quiet\">Nothing waits for you.</p>"
                : "<ul class=\"waiting\">" + rows + "</ul>";
        return page("Waiting for approval", head, body + "<p><a href=\"/approvals\">Look again</a></p>");
    }

    static String one(Head head, Held held, boolean counts) {
        var parts = Preview.of(held.question().preview()).parts().stream()
                .map(ApprovalHtml::part)
                .collect(Collectors.joining("\n"));
        return page(
                title(held),
                head,
                "<p class=\"quiet\">To be decided until "
                        + TIME.format(held.question().expires()) + "</p>" + parts + decision(head, held, counts)
                        + "<p><a href=\"/approvals\">All that wait</a></p>");
    }

    private static String part(Preview.Part part) {
        var warns = part.title().equals("Mind");
        var lines = part.lines().stream().map(ApprovalHtml::line).collect(Collectors.joining("\n"));
        return "<section" + (warns ? " class=\"mind\"" : "") + "><h2>" + escaped(part.title()) + "</h2><dl>" + lines
                + "</dl></section>";
    }

    private static String line(Preview.Line line) {
        var now = line.was() == null
                ? ""
                : "<span class=\"was\"><b>now</b> " + text(line.was()) + "</span><span class=\"arrow\"> → </span>";
        return "<div><dt>" + text(line.label()) + "</dt><dd>" + now + "<span class=\"will\">" + text(line.text())
                + "</span></dd></div>";
    }

    private static String decision(Head head, Held held, boolean counts) {
        if (held.state() != State.ASKED) {
            return "<p class=\"decided\">" + escaped(standing(held)) + "</p>";
        }
        var own = counts
                ? ""
                : "<p class=\"decided\">This needs the approval of another person than the one who asked, and the hub"
                        + " cannot tell you two apart: you can reject it, not approve it."
                        + (held.question().need() == ApprovalNeed.FOUR_EYES ? " (four-eyes)" : "") + "</p>";
        var approve = counts ? "<button name=\"decision\" value=\"approve\" class=\"yes\">Approve, once</button>" : "";
        return own + "<form method=\"post\" action=\"/approvals/" + escaped(held.id()) + "\">" + hidden(head)
                + "<label>Reason (the agent is told; leave out what it need not know)"
                + "<textarea name=\"reason\" rows=\"2\" maxlength=\"" + ApprovalDesk.REASON + "\"></textarea></label>"
                + approve + "<button name=\"decision\" value=\"reject\" class=\"no\">Reject</button></form>";
    }

    private static String standing(Held held) {
        var by = held.decidedBy() == null ? "" : " by " + held.decidedBy();
        var why = held.reason() == null ? "" : ": " + VisibleText.of(held.reason());
        return switch (held.state()) {
            case ASKED -> "Waiting";
            case APPROVED -> "Approved" + by + why + ". The call has not been made yet.";
            case REJECTED -> "Rejected" + by + why;
            case USED -> "Approved" + by + why + ". The call has been made.";
            case EXPIRED -> "Its time is over; nothing was sent.";
        };
    }

    /** A page with one button or link, to come in by. */
    static String door(Head head, String words, String way) {
        return page("Approvals", head, "<p>" + escaped(words) + "</p>" + way);
    }

    static String enter(String secret) {
        return "<form method=\"post\" action=\"/approvals/enter\"><input type=\"hidden\" name=\"link\" value=\""
                + escaped(secret) + "\"><button class=\"yes\">Go on</button></form>";
    }

    static String goOn() {
        return "<p><a href=\"/approvals\">Go on</a></p>";
    }

    private static String hidden(Head head) {
        return head.form() == null
                ? ""
                : "<input type=\"hidden\" name=\"form\" value=\"" + escaped(head.form()) + "\">";
    }

    private static String page(String title, Head head, String body) {
        var person = head.person() == null
                ? ""
                : "<form method=\"post\" action=\"/approvals/leave\">" + hidden(head) + "<span>"
                        + escaped(head.person().principal()) + "</span><button>Leave</button></form>";
        var notice =
                head.notice() == null ? "" : "<p class=\"notice\" role=\"status\">" + escaped(head.notice()) + "</p>";
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(title)
                + "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<link rel=\"stylesheet\" href=\"/approvals/style.css\"></head><body><header><b>EHR Hub</b>" + person
                + "</header><main>" + notice + "<h1>" + escaped(title) + "</h1>" + body + "</main></body></html>\n";
    }

    private static String title(Held held) {
        return ToolCatalog.canonical()
                .find(held.question().tool())
                .map(tool -> tool.title())
                .orElse(held.question().tool());
    }

    /** In its own direction, whatever stands beside it. */
    private static String text(String text) {
        return "<bdi>" + escaped(text) + "</bdi>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
