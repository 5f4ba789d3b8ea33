package org.ehrhub.fhir.resources;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;

/** References that a caller writes, which must point into this one EHR. */
final class OwnReferences {
    private static final Pattern ID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9.-]{1,64}");
    private static final Pattern RELATIVE = Pattern.compile("[A-Z][A-Za-z]{1,63}/" + ID.pattern());

    /** What is pointed at by canonical URL, which is a name and no place (FHIR R4, 2.3.0.4). */
    private static final Set<String> CANONICAL = Set.of(
            "ActivityDefinition", "Library", "Measure", "OperationDefinition", "PlanDefinition", "Questionnaire");

    private final FhirServer server;
    private final String argument;

    /** References in one argument. */
    OwnReferences(FhirServer server, String argument) {
        this.server = server;
        this.argument = argument;
    }

    /**
     * A reference in a filter, as the server is to get it.
     *
     * @param targets the types it may point at, none for any
     * @throws EhrFailure {@code INVALID_INPUT} when it is of another kind, or points elsewhere
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
            throw elsewhere();
        }
        return own;
    }

    /**
     * A reference in a record, as the server is to get it.
     *
     * @param together the temporary addresses of the records that are written with this one
     * @throws EhrFailure {@code INVALID_INPUT} when it points anywhere but into this EHR or at one of those
     */
    String inRecord(String written, Set<String> together) {
        if (written.startsWith("#") || together.contains(written)) {
            return written;
        }
        var own = relative(written);
        if (!RELATIVE.matcher(own).matches()) {
            throw elsewhere();
        }
        return own;
    }

    /** A value that may be a reference, as the server is to get it. */
    String inParameter(String written) {
        return relative(written);
    }

    /** Without what names this EHR before it, in the server's words or in the hub's. */
    private String relative(String written) {
        return Stream.of(server.base() + "/", server.ehr() + "/")
                .filter(written::startsWith)
                .findFirst()
                .map(prefix -> written.substring(prefix.length()))
                .orElse(written);
    }

    private EhrFailure elsewhere() {
        return Refused.of(
                argument,
                "holds a reference that is not to a record of this EHR, or not of a type that is taken there.",
                "Write it as Type/id, or as another tool returned it.");
    }
}
