package org.ehrhub.fhir.tasks;

import java.util.EnumSet;
import java.util.Set;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.fhir.client.Query;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.Verdict;
import org.ehrhub.fhir.writing.Codes;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.tasks.TaskList;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/** {@code task.list}: of one patient, of one owner, or all; newest first. */
final class TaskListing {
    private static final Set<TaskStatus> OPEN = EnumSet.of(
            TaskStatus.DRAFT,
            TaskStatus.REQUESTED,
            TaskStatus.RECEIVED,
            TaskStatus.ACCEPTED,
            TaskStatus.READY,
            TaskStatus.INPROGRESS,
            TaskStatus.ONHOLD);

    private final FhirServer server;
    private final ResultPages pages;
    private final TaskRecords records;

    TaskListing(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
        this.records = new TaskRecords(server);
    }

    ToolResult<Page<org.ehrhub.tools.tasks.Task>> list(TaskList input, CallContext call) {
        var statuses = statuses(input.status());
        var url = SearchUrl.of("Task");
        if (input.patient() != null) {
            url.written("patient", "Patient/" + FhirId.of(input.patient(), "patient", server.ehr()));
        }
        if (input.owner() != null) {
            url.written("owner", input.owner().type() + "/" + FhirId.of(input.owner(), "owner", server.ehr()));
        }
        if (!statuses.isEmpty()) {
            url.anyOf("status", statuses.stream().map(TaskStatus::toCode).toList());
        }
        url.written("_sort", "-authored-on").written("_count", Integer.toString(input.rows()));
        var query = new Query<>(
                Task.class,
                url,
                Query.named((row, included) -> verdict(row, input, statuses)),
                (row, included) -> records.task(row));
        return pages.read(query, input.rows(), call);
    }

    private Verdict verdict(Task row, TaskList wanted, Set<TaskStatus> statuses) {
        boolean ofPatient = wanted.patient() == null || wanted.patient().equals(server.reference(row.getFor()));
        boolean ofOwner = wanted.owner() == null || wanted.owner().equals(server.reference(row.getOwner()));
        if (!ofPatient || !ofOwner) {
            return Verdict.FILTER_IGNORED;
        }
        if (row.getStatus() == TaskStatus.ENTEREDINERROR) {
            return Verdict.ENTERED_IN_ERROR;
        }
        if (!statuses.isEmpty() && !statuses.contains(row.getStatus())) {
            return Verdict.FILTER_IGNORED;
        }
        return Modifiers.unknownIn(row) ? Verdict.MODIFIED : Verdict.FITS;
    }

    /** The statuses a row may have; none means any. */
    private static Set<TaskStatus> statuses(@Nullable String wanted) {
        if (wanted == null) {
            return OPEN;
        }
        return wanted.equals("any") ? Set.of() : Set.of(Codes.word(wanted, TaskStatus::fromCode, "status"));
    }
}
