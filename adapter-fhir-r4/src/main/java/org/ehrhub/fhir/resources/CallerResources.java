package org.ehrhub.fhir.resources;

import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Records that a caller wrote, looked through before they are sent. */
final class CallerResources {
    private final String argument;
    private final OwnReferences own;

    /** Those in one argument. */
    CallerResources(FhirServer server, String argument) {
        this.argument = argument;
        this.own = new OwnReferences(server, argument);
    }

    /**
     * A record that may be sent: of the type it is said to be, with the id it is to have, without narrative, and with
     * references into this EHR only, which are made relative.
     *
     * @param id that it may have; none when the server is to give it one
     * @param together the temporary addresses of the records that are written with this one
     * @throws EhrFailure {@code INVALID_INPUT} when it is not so
     */
    <R extends Resource> R checked(R resource, String type, @Nullable String id, Set<String> together) {
        if (!resource.fhirType().equals(type)) {
            throw Refused.of(argument, "is not of the type that is to be written.", "Make the two the same.");
        }
        if (resource.hasId() && !resource.getIdPart().equals(id)) {
            throw Refused.of(
                    argument, id == null ? "has an id." : "has another id than the record.", "Leave the id out of it.");
        }
        for (var element : Elements.all(resource)) {
            switch (element) {
                case Narrative text ->
                    throw Refused.of(
                            argument,
                            "holds narrative (text).",
                            "Leave it out; the hub writes data only, never markup.");
                case Reference reference -> rewrite(reference, together);
                default -> {}
            }
        }
        return resource;
    }

    private void rewrite(Reference reference, Set<String> together) {
        var written = reference.getReferenceElement_().getValue();
        if (written != null) {
            reference.setReference(own.inRecord(written, together));
        }
    }
}
