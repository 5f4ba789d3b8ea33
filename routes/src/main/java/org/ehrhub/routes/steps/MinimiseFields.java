package org.ehrhub.routes.steps;

import java.util.List;
import java.util.Optional;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;

/**
 * Leaves out of an answer what this call is not for: rows of another patient than the one asked about, whatever the EHR gave.
 * Policy knows no groups of fields, so the rows that stay are whole.
 */
public final class MinimiseFields implements CallStep {
    @Override
    public void apply(ToolCall call) {
        patient(call)
                .ifPresent(patient -> call.results()
                        .replaceAll((ehr, result) ->
                                result instanceof ToolResult.Ok<?> ok ? only(patient, ok, ehr, call) : result));
    }

    private static Optional<Reference> patient(ToolCall call) {
        return Arguments.references(call.input()).stream()
                .filter(named -> named.argument().equals("patient"))
                .map(named -> Reference.parse(named.text()))
                .findFirst();
    }

    private static ToolResult<?> only(Reference patient, ToolResult.Ok<?> ok, String ehr, ToolCall call) {
        if (ok.value() instanceof Page<?> page) {
            return new ToolResult.Ok<>(only(patient, page, ehr, call), ok.from(), ok.warnings());
        }
        return Arguments.rows(ok.value()).allMatch(row -> belongs(row, patient)) ? ok : foreign(ehr, call);
    }

    private static <T extends Record> Page<T> only(Reference patient, Page<T> page, String ehr, ToolCall call) {
        List<T> own = page.items().stream().filter(row -> belongs(row, patient)).toList();
        var foreign = page.items().size() - own.size();
        if (foreign == 0) {
            return page;
        }
        call.warnings().add(ehr + ": " + foreign + " rows of other patients were left out; the EHR gave them unasked.");
        return new Page<>(own, null, page.nextOrNull(), page.warnings(), page.truncated());
    }

    /** One answer that is somebody else's, whole or in part, cannot be mended; a write was made all the same. */
    private static ToolResult<?> foreign(String ehr, ToolCall call) {
        return call.mayHaveWritten()
                ? ToolResult.failed(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "`" + ehr + "` answered the write with a record of another patient",
                        "Look in the EHR what was written before you go on.")
                : ToolResult.failed(
                        ErrorCode.EHR_UNAVAILABLE,
                        "`" + ehr + "` answered with records of another patient, which the hub keeps back",
                        "Ask whoever runs the hub to look at this EHR; use the single list tools meanwhile.");
    }

    private static boolean belongs(Record row, Reference patient) {
        return !(row instanceof PatientRow owned) || patient.equals(owned.subject());
    }
}
