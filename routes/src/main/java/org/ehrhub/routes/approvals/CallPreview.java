package org.ehrhub.routes.approvals;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.approvals.Preview.Line;
import org.ehrhub.routes.approvals.Preview.Part;
import org.ehrhub.routes.json.CanonicalJson;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.patients.Patient;
import org.jspecify.annotations.Nullable;

/** Puts a call into words for the person who is asked to approve it: what, who asks, whose chart, what changes. */
public final class CallPreview {
    private final CanonicalJson json;

    /** Reads arguments by this. */
    public CallPreview(CanonicalJson json) {
        this.json = json;
    }

    /** The preview of a call, showing these facts. */
    public Preview of(ToolCall call, ApprovalNeed need, ChartFacts facts) {
        var changes = Changes.of(json, call.input(), facts);
        return new Preview(Stream.of(
                        new Part("What would happen", what(call, need)),
                        new Part("Who asks", who(call)),
                        new Part(Preview.WHOSE, chart(facts)),
                        new Part("The appointment now", appointment(facts.appointment())),
                        new Part("What would be written", changes.lines()),
                        new Part("Mind", warnings(facts, changes)))
                .filter(part -> !part.lines().isEmpty())
                .toList());
    }

    private static List<Line> what(ToolCall call, ApprovalNeed need) {
        var tool = call.tool();
        return List.of(
                new Line("Action", tool.title() + " (" + tool.name() + ")"),
                new Line("In the EHR", String.join(", ", call.ehrs())),
                new Line("Effect", effect(tool.risk())),
                new Line(
                        "Approval",
                        need == ApprovalNeed.FOUR_EYES
                                ? "of another person than the one who asks"
                                : "of a person; once, for exactly this"));
    }

    private static String effect(Risk risk) {
        return switch (risk) {
            case READ -> "nothing is changed";
            case DRAFT -> "a draft is stored, for a person to review";
            case REVERSIBLE_WRITE -> "the chart or the schedule changes at once; it can be taken back";
            case HIGH_IMPACT -> "takes effect at once, others act on it, and it may not be possible to take it back";
        };
    }

    private static List<Line> who(ToolCall call) {
        var caller = call.context().caller();
        var lines = new ArrayList<Line>();
        lines.add(line("Person or account", caller.subject()));
        lines.add(line(
                "Vouched for by", Objects.requireNonNullElse(caller.issuer(), "nobody: this machine's own channel")));
        if (caller.actor() != null) {
            lines.add(line("In their name acts", caller.actor()));
        }
        if (caller.client() != null) {
            lines.add(line("Program", caller.client()));
        }
        lines.add(
                line("Roles", String.join(", ", caller.roles().stream().sorted().toList())));
        if (caller.purpose() != null) {
            lines.add(line("Purpose of use", caller.purpose()));
        }
        return lines;
    }

    private static List<Line> chart(ChartFacts facts) {
        var lines = new ArrayList<Line>();
        var patient = facts.patient();
        if (patient != null) {
            addPerson(lines, patient);
        }
        if (facts.about() != null) {
            lines.add(line(Preview.CHART, facts.about().toString()));
        } else {
            lines.add(new Line("", "The call names no patient who is in the EHR."));
        }
        return lines;
    }

    private static void addPerson(List<Line> lines, Patient patient) {
        addTo(lines, "Name", patient.name());
        addTo(lines, "Born", patient.birthDate());
        addTo(lines, "Gender", patient.gender());
        addTo(lines, "Record number", patient.mrn());
        if (Boolean.TRUE.equals(patient.deceased())) {
            lines.add(new Line("Died", "yes, the EHR says"));
        }
    }

    private static List<Line> appointment(@Nullable Appointment appointment) {
        var lines = new ArrayList<Line>();
        if (appointment != null) {
            addTo(lines, "Status", appointment.status());
            addTo(
                    lines,
                    "From",
                    appointment.start() == null ? null : appointment.start().toString());
            addTo(
                    lines,
                    "To",
                    appointment.end() == null ? null : appointment.end().toString());
            appointment.practitioners().stream().map(Participant::name).forEach(name -> addTo(lines, "With", name));
            addTo(lines, "Where", appointment.location());
            addTo(lines, "Reason", appointment.reason());
        }
        return lines;
    }

    private static List<Line> warnings(ChartFacts facts, Changes changes) {
        var words = new ArrayList<>(facts.unread());
        var patient = facts.patient();
        if (patient != null && Boolean.FALSE.equals(patient.active())) {
            words.add("The EHR has put this patient's record out of use.");
        }
        if (patient != null && patient.replacedBy() != null) {
            words.add("Another record has taken this one's place: " + patient.replacedBy());
        }
        if (!facts.version().isEmpty() && changes.lines().stream().noneMatch(line -> line.was() != null)) {
            words.add("A record that exists would change (its version is " + VisibleText.of(facts.version())
                    + "); what it holds now is not shown here.");
        }
        if (changes.hides()) {
            words.add("Some of the text holds characters that cannot be seen; they are spelled out as [U+...].");
        }
        return words.stream().map(word -> new Line("", word)).toList();
    }

    private static void addTo(List<Line> lines, String label, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            lines.add(line(label, text));
        }
    }

    private static Line line(String label, String text) {
        return new Line(label, VisibleText.of(text));
    }
}
