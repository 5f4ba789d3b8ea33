package org.ehrhub.fhir.tasks;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.fhir.writing.Amendment;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.tasks.TaskTools;

/** The tools about tasks. */
public final class TaskHandlers {
    private TaskHandlers() {}

    /** Registers them. */
    public static void register(FhirTools tools, FhirServer server) {
        tools.onList(TaskTools.LIST, new TaskListing(server)::list, Needs.search("Task"))
                .onWrite(
                        TaskTools.CREATE,
                        new Creation<>(server, new TaskCreation(server)),
                        Needs.create("Task").and(Needs.read("Task")),
                        Feature.WRITE_KEY_STORED)
                .onWrite(
                        TaskTools.UPDATE,
                        new Amendment<>(server, new TaskChange(server)),
                        Needs.update("Task").and(Needs.read("Task")),
                        Feature.WRITE_KEY_STORED);
    }
}
