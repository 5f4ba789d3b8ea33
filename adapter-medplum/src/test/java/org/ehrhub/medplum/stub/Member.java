package org.ehrhub.medplum.stub;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ProjectMembership: who may do what in the project.
 *
 * @param profile the Practitioner or ClientApplication that it is of
 * @param policy  the AccessPolicy; none for all rights
 */
record Member(
        String id,
        String profile,
        String display,
        boolean admin,
        @Nullable ObjectNode policy) {
    static Member of(String profile, String display, boolean admin, @Nullable ObjectNode policy) {
        return new Member(UUID.randomUUID().toString(), profile, display, admin, policy);
    }

    ObjectNode reference() {
        return Json.reference(profile, display);
    }

    ObjectNode resource() {
        var found = Json.resource("ProjectMembership").put("id", id);
        found.set("user", reference());
        found.set("profile", reference());
        if (admin) {
            found.put("admin", true);
        }
        return found;
    }
}
