package org.ehrhub.fhir.tasks;

import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Amendment;
import org.ehrhub.fhir.writing.Concepts;
import org.ehrhub.fhir.writing.HubDevice;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.fhir.writing.Times;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.tasks.TaskUpdate;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** {@code task.update}: status, owner or one more note. */
final class TaskChange implements Amendment.Change<TaskUpdate, Task, org.ehrhub.tools.tasks.Task> {
    private final FhirServer server;
    private final Links links;
    private final TaskRecords records;

    TaskChange(FhirServer server) {
        this.server = server;
        this.links = new Links(server);
        this.records = new TaskRecords(server);
    }

    @Override
    public Class<Task> type() {
        return Task.class;
    }

    @Override
    public Amendment.Target target(TaskUpdate input) {
        links.mustBeOurs(input.owner(), "owner");
        return new Amendment.Target(input.task(), "task", input.version());
    }

    @Override
    public void make(TaskUpdate input, Task held, CallContext call) {
        var before = held.copy();
        if (input.status() != null) {
            held.setStatus(Concepts.word(input.status(), TaskStatus::fromCode, "status"));
        }
        var owner = input.owner();
        if (owner != null) {
            var written = links.actor(owner, "owner");
            if (!owner.equals(server.reference(held.getOwner()))) {
                held.setOwner(written);
            }
        }
        if (input.note() != null) {
            held.addNote(HubDevice.note(input.note(), server.clock()));
        }
        if (!held.equalsDeep(before)) {
            held.setLastModifiedElement(new DateTimeType(Times.now(server.clock())));
        }
    }

    @Override
    public org.ehrhub.tools.tasks.Task shown(Task held) {
        return records.task(held);
    }
}
