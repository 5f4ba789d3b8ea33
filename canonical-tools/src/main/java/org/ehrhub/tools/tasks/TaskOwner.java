package org.ehrhub.tools.tasks;

import java.util.List;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** Who can own a task (FHIR R4, 12.3.5: Task.owner). */
final class TaskOwner {
    private static final List<String> TYPES =
            List.of("Practitioner", "PractitionerRole", "Organization", "CareTeam", "HealthcareService");

    private TaskOwner() {}

    static void check(@Nullable Reference owner) {
        if (owner != null && !TYPES.contains(owner.type())) {
            throw new InvalidArgument("owner", "must be a reference to one of " + String.join(", ", TYPES));
        }
    }
}
