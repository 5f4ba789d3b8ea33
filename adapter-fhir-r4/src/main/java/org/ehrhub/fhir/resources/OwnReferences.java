package org.ehrhub.fhir.resources;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;

/** References that a caller writes, which must point into this one EHR. */
final class OwnReferences {
    private static final Pattern ID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9.-]{1,64}");
    private static final Pattern RELATIVE = Pattern.compile("[A-Z][A-Za-z]{1,63}/" + ID.pattern());

    /** What is pointed at by canonical URL, which is a name and no place (FHIR R4, 2.3.0.4). */
    private static final Set<String> CANONICAL = Set.of(
            "ActivityDefinition", "Library", "Measure", "OperationDefinition", "PlanDefinition", "Questionnaire");

    private final FhirServer server;

    OwnReferences(FhirServer server) {
        this.server = server;
    }

    /**
     * A reference in a filter, as the server is to get it.
     *
     * @param targets the types it may point at, none for any
     */
    String inFilter(String written, Set<String> targets) {
        if (!targets.isEmpty() && CANONICAL.containsAll(targets)) {
            return written;
        }
        var own = relative(written);
        if (ID.matcher(own).matches()) {
            return targets.size() == 1 ? targets.iterator().next() + "/" + own : own;
        }
        if (!RELATIVE.matcher(own).matches() || !(targets.isEmpty() || targets.contains(own.split("/", 2)[0]))) {
            throw Refused.path(
                    "holds a reference that this parameter does not take.",
                    "Write it as Type/id, or as another tool returned it; only records of this EHR can be meant.");
        }
        return own;
    }

    /** Whether a reference in a record points into this EHR, into its own record, or into its own transaction. */
    boolean isOwn(String written, Set<String> inTransaction) {
        return written.startsWith("#")
                || inTransaction.contains(written)
                || RELATIVE.matcher(relative(written).split("/_history/", 2)[0]).matches() && !written.contains("?");
    }

    /** Without what names this EHR before it, in the server's words or in the hub's. */
    private String relative(String written) {
        var prefixes = Stream.of(server.base() + "/", server.ehr() + "/");
        var own = prefixes.filter(written::startsWith)
                .findFirst()
                .map(prefix -> written.substring(prefix.length()))
                .orElse(written);
        if (own.equals(written) && Stream.of(written).anyMatch(OwnReferences::isOfTheHub)) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`path` holds a reference into another EHR.",
                    "Pass references that start with " + server.ehr() + "/, or leave the EHR out.");
        }
        return own;
    }

    private static boolean isOfTheHub(String written) {
        var parts = written.split("/", -1);
        return parts.length == 3 && Reference.isEhrName(parts[0]);
    }
}
