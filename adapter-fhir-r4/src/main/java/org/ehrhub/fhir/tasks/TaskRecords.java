package org.ehrhub.fhir.tasks;

import java.util.Objects;
import org.ehrhub.fhir.charts.Concepts;
import org.ehrhub.fhir.charts.Words;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.tasks.Task;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** FHIR R4's Task in the hub's form. */
final class TaskRecords {
    private static final int TITLE = 500;
    private static final int NOTE = 300;

    private final FhirServer server;

    TaskRecords(FhirServer server) {
        this.server = server;
    }

    Task task(org.hl7.fhir.r4.model.Task source) {
        return new Task(
                new org.ehrhub.tools.Reference(server.ehr(), "Task", source.getIdPart()),
                source.hasDescription() ? Words.line(source.getDescription(), TITLE) : Concepts.words(source.getCode()),
                source.hasStatus() ? source.getStatus().toCode() : null,
                source.hasPriority() ? source.getPriority().toCode() : null,
                participant(source.getFor()),
                participant(source.getOwner()),
                source.getRestriction().getPeriod().getEndElement().getValueAsString(),
                source.getAuthoredOnElement().getValueAsString(),
                server.reference(source.getFocus()),
                source.getNote().stream()
                        .map(note -> Words.line(note.getText(), NOTE))
                        .filter(Objects::nonNull)
                        .toList(),
                server.reference(source.getFor()));
    }

    private @Nullable Participant participant(Reference who) {
        var reference = server.reference(who);
        return reference == null && !who.hasDisplay() ? null : new Participant(reference, who.getDisplay());
    }
}
