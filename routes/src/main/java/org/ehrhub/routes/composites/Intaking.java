package org.ehrhub.routes.composites;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ListAnswer;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.coverage.Coverage;
import org.ehrhub.tools.intake.Intake;
import org.ehrhub.tools.intake.IntakeSync;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.questionnaires.QuestionnaireAnswers;
import org.jspecify.annotations.Nullable;

/** One intake under way: what is done, what failed, what is to be taken back. Belongs to one thread. */
final class Intaking {
    private final IntakeSync asked;
    private final IntakeInputs inputs;
    private final Map<Step, Reference> made = new EnumMap<>(Step.class);
    private final Deque<IntakeInputs.Undo> undos = new ArrayDeque<>();
    private final List<Reference> standing = new ArrayList<>();
    private ToolResult.@Nullable Failed<?> failure;
    private @Nullable Reference patient;
    private @Nullable Provenance from;

    Intaking(IntakeSync asked, String ehr) {
        this.asked = asked;
        this.inputs = new IntakeInputs(asked, ehr);
    }

    /** A step, with the tool that does it. */
    enum Step {
        FIND("patient.search"),
        REGISTER("patient.create"),
        COVERAGE("coverage.record"),
        BOOKING("appointment.create"),
        ANSWERS("questionnaire.submit");

        private final String tool;

        Step(String tool) {
            this.tool = tool;
        }
    }

    static List<String> neededTools(IntakeSync asked) {
        var tools = new ArrayList<String>();
        if (asked.coverage() != null) {
            tools.add(Step.COVERAGE.tool);
        }
        if (asked.slotRef() != null) {
            tools.add(Step.BOOKING.tool);
            tools.add("appointment.cancel");
        }
        if (asked.questionnaire() != null) {
            tools.add(Step.ANSWERS.tool);
        }
        return tools;
    }

    static EhrFailure cannot(String tool) {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "This intake needs " + tool + ", which you cannot use on this EHR; nothing was written.",
                "Leave that part out, or ask whoever runs the hub.");
    }

    boolean wants(Step step) {
        return failure == null
                && switch (step) {
                    case FIND -> true;
                    case REGISTER -> patient == null;
                    case COVERAGE -> asked.coverage() != null;
                    case BOOKING -> asked.slotRef() != null;
                    case ANSWERS -> asked.questionnaire() != null;
                };
    }

    Record input(Step step) {
        return switch (step) {
            case FIND -> inputs.search();
            case REGISTER -> inputs.registration();
            case COVERAGE -> inputs.coverage(known());
            case BOOKING -> inputs.booking(known());
            case ANSWERS -> inputs.answers(known());
        };
    }

    void done(Step step, ToolResult<?> result) {
        switch (result) {
            case ToolResult.Ok<?> ok -> keep(step, ok);
            case ToolResult.Pending<?> pending ->
                failure = ToolResult.failed(
                        ErrorCode.OUTCOME_UNKNOWN,
                        step.tool + " was sent and the EHR has not answered yet",
                        "Call again later with the same idempotencyKey.");
            case ToolResult.Failed<?> failed -> failure = failed;
        }
        if (failure != null) {
            failure = new ToolResult.Failed<>(
                    failure.code(), "Step " + step.tool + ": " + failure.message(), failure.hint());
        }
    }

    /** A step whose fate is not known may have been done, so what it rests on stays. */
    boolean mustTakeBack() {
        return failure != null && failure.code() != ErrorCode.OUTCOME_UNKNOWN && !undos.isEmpty();
    }

    IntakeInputs.Undo nextToTakeBack() {
        return undos.getFirst();
    }

    void takenBack(ToolResult<?> result) {
        var undo = undos.removeFirst();
        if (!(result instanceof ToolResult.Ok<?>)) {
            standing.add(undo.record());
        }
    }

    ToolResult<Intake> outcome() {
        if (failure != null) {
            return standing.isEmpty() && undos.isEmpty() ? takenBack(failure) : partly(failure);
        }
        var intake = new Intake(
                known(),
                made.containsKey(Step.REGISTER),
                made.get(Step.COVERAGE),
                made.get(Step.BOOKING),
                made.get(Step.ANSWERS),
                known());
        return new ToolResult.Ok<>(intake, Objects.requireNonNull(from));
    }

    private ToolResult<Intake> takenBack(ToolResult.Failed<?> why) {
        var words = made.isEmpty() ? "; nothing was written" : "; what was written before it was taken back";
        var hint = made.isEmpty() ? why.hint() : why.hint() + " Then call again with a new idempotencyKey.";
        return ToolResult.failed(why.code(), why.message() + words, hint);
    }

    private ToolResult<Intake> partly(ToolResult.Failed<?> why) {
        undos.forEach(undo -> standing.add(undo.record()));
        return ToolResult.failed(
                ErrorCode.OUTCOME_UNKNOWN,
                why.message() + "; this stands and was not taken back: "
                        + String.join(
                                ", ", standing.stream().map(Reference::toString).toList()),
                why.code() == ErrorCode.OUTCOME_UNKNOWN
                        ? "Call again with the same idempotencyKey: what was done is found, not repeated."
                        : "Look at these in the EHR and take them back by hand, or go on from them.");
    }

    private void keep(Step step, ToolResult.Ok<?> ok) {
        from = ok.from();
        switch (ok.value()) {
            case ListAnswer<?> list -> found(list);
            case Patient person -> {
                patient = person.patient();
                made(step, person.patient(), Boolean.FALSE.equals(person.active()));
            }
            case Coverage coverage -> made(step, coverage.ref(), !"active".equals(coverage.status()));
            case Appointment booked ->
                made(step, booked.appointment(), booked.status().equals("cancelled"));
            case QuestionnaireAnswers answers -> made(step, answers.ref(), false);
            default -> throw new IllegalStateException("No step of an intake answers with this");
        }
    }

    private void found(ListAnswer<?> list) {
        var people = list.items().stream()
                .map(PatientMatch.class::cast)
                .filter(person -> !Boolean.FALSE.equals(person.active()))
                .toList();
        if (!list.complete() || people.size() > 1) {
            failure = ToolResult.failed(
                    ErrorCode.AMBIGUOUS_MATCH,
                    people.size() + " patients fit" + (list.complete() ? "" : ", and perhaps more"),
                    "Show them to the user with patient.search; then use the single tools, or give the mrn.");
        } else if (people.size() == 1) {
            patient = people.getFirst().patient();
        }
    }

    /** @param takenBack whether the ledger gave the answer of an earlier try that was taken back since */
    private void made(Step step, Reference record, boolean takenBack) {
        made.put(step, record);
        if (takenBack) {
            failure = ToolResult.failed(
                    ErrorCode.CONFLICT,
                    "an earlier intake under this idempotencyKey was taken back",
                    "Call again with a new idempotencyKey.");
            made.remove(step);
        } else {
            inputs.undo(step, record, known()).ifPresent(undos::addFirst);
        }
    }

    private Reference known() {
        return Objects.requireNonNull(patient);
    }
}
