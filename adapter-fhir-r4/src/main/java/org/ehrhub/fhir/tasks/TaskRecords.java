package org.ehrhub.fhir.tasks;

import java.util.Objects;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Concepts;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.tasks.Task;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** FHIR R4's Task in the hub's form. */
final class TaskRecords {
    private final FhirServer server;

    TaskRecords(FhirServer server) {
        this.server = server;
    }

    Task task(org.hl7.fhir.r4.model.Task source) {
        return new Task(
                new org.ehrhub.tools.Reference(server.ehr(), "Task", source.getIdPart()),
                source.hasDescription() ? source.getDescription() : Concepts.words(source.getCode()),
                source.hasStatus() ? source.getStatus().toCode() : null,
                source.hasPriority() ? source.getPriority().toCode() : null,
                participant(source.getFor()),
                participant(source.getOwner()),
                source.getRestriction().getPeriod().getEndElement().getValueAsString(),
                source.getAuthoredOnElement().getValueAsString(),
                server.reference(source.getFocus()),
                source.getNote().stream()
                        .map(Annotation::getText)
                        .filter(Objects::nonNull)
                        .toList(),
                server.reference(source.getFor()));
    }

    private @Nullable Participant participant(Reference who) {
        var reference = server.reference(who);
        return reference == null && !who.hasDisplay() ? null : new Participant(reference, who.getDisplay());
    }
}
