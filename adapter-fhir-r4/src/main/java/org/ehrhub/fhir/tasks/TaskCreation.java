package org.ehrhub.fhir.tasks;

import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Concepts;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.fhir.writing.HubDevice;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.fhir.writing.Times;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.tasks.TaskCreate;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** {@code task.create}: a requested task; when it is due is the end of its restriction. */
final class TaskCreation implements Creation.Form<TaskCreate, Task, org.ehrhub.tools.tasks.Task> {
    private final FhirServer server;
    private final Links links;
    private final TaskRecords records;

    TaskCreation(FhirServer server) {
        this.server = server;
        this.links = new Links(server);
        this.records = new TaskRecords(server);
    }

    @Override
    public Class<Task> type() {
        return Task.class;
    }

    @Override
    public Task draft(TaskCreate input, CallContext call) {
        links.mustBeOurs(input.about(), "about");
        var now = Times.now(server.clock());
        var task = new Task()
                .setStatus(TaskStatus.REQUESTED)
                .setIntent(TaskIntent.ORDER)
                .setPriority(Concepts.word(
                        input.priority() == null ? "routine" : input.priority(), TaskPriority::fromCode, "priority"))
                .setDescription(input.title())
                .setAuthoredOnElement(new DateTimeType(now))
                .setLastModifiedElement(new DateTimeType(now))
                .setRequester(HubDevice.reference())
                .setOwner(links.actor(input.owner(), "owner"))
                .setFor(links.patient(input.patient(), call))
                .setFocus(links.about(input.about(), input.patient(), call));
        if (input.due() != null) {
            task.getRestriction().getPeriod().setEndElement(Times.of(input.due()));
        }
        if (input.note() != null) {
            task.addNote(HubDevice.note(input.note(), server.clock()));
        }
        return task;
    }

    @Override
    public boolean fits(TaskCreate input, Task held) {
        return links.isOf(held, input.patient());
    }

    @Override
    public org.ehrhub.tools.tasks.Task shown(Task held) {
        return records.task(held);
    }
}
