package org.ehrhub.fhir.client;

import java.net.URI;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Ids as FHIR allows them (FHIR R4, 2.24.0.1), between the hub's references and the server's. */
public final class FhirId {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private FhirId() {}

    /**
     * The id in a caller's reference.
     *
     * @throws EhrFailure {@code INVALID_INPUT} naming the argument, when it is of another EHR or no FHIR id
     */
    public static String of(Reference reference, String argument, String ehr) {
        if (!reference.ehr().equals(ehr)) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`" + argument + "` is a reference into another EHR.",
                    "Pass a reference that starts with " + ehr + "/.");
        }
        if (!ID.matcher(reference.id()).matches()) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`" + argument + "` does not hold an id of this EHR.",
                    "Pass the reference exactly as another tool returned it.");
        }
        return reference.id();
    }

    /**
     * An id that a caller gave in words.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is no FHIR id
     */
    static String checked(String id) {
        if (!ID.matcher(id).matches() || id.matches("[.]{1,2}")) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "That is not an id of this EHR.",
                    "Pass the reference exactly as another tool returned it.");
        }
        return id;
    }

    /** Whether the hub can refer to a record: not every server gives each an id, or one as FHIR has them. */
    public static boolean isNameable(Resource resource) {
        return reference("any", resource) != null;
    }

    /** The hub's reference to a record of a server; none where it has no id, or none as FHIR has them. */
    public static @Nullable Reference reference(String ehr, Resource resource) {
        var id = resource.getIdPart();
        return id == null ? null : reference(ehr, resource.fhirType() + "/" + id);
    }

    /** The hub's reference to what a server's reference points at; none when it is on another server. */
    public static @Nullable Reference reference(String ehr, URI base, @Nullable String text) {
        return reference(
                ehr,
                text != null && text.startsWith(base + "/")
                        ? text.substring(base.toString().length() + 1)
                        : text);
    }

    /** The hub's reference to what the server's own, relative reference points at; none for any other kind. */
    public static @Nullable Reference reference(String ehr, @Nullable String text) {
        if (text == null || text.startsWith("#") || text.contains(":")) {
            return null;
        }
        var id = new IdType(text);
        if (!id.hasResourceType()
                || !id.hasIdPart()
                || !ID.matcher(id.getIdPart()).matches()) {
            return null;
        }
        try {
            return new Reference(ehr, id.getResourceType(), id.getIdPart());
        } catch (InvalidArgument e) {
            // A type or an id that no reference of the hub can have, such as ".."
            return null;
        }
    }
}
