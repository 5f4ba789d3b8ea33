package org.ehrhub.fhir.resources;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;

/** What is said of an argument that is not taken; nothing of the argument itself is repeated. */
final class Refused {
    private Refused() {}

    /** Of {@code path}, as a whole. */
    static EhrFailure path() {
        return path(
                "has not the form Type, Type/id or Type?name=value&name=value.",
                "Write it relative, without slash in front, operation, history, compartment or fragment.");
    }

    /** Of {@code path}, for a reason. */
    static EhrFailure path(String why, String hint) {
        return of("path", why, hint);
    }

    /** Of an argument, for a reason. */
    static EhrFailure of(String argument, String why, String hint) {
        return new EhrFailure(ErrorCode.INVALID_INPUT, "`" + argument + "` " + why, hint);
    }
}
