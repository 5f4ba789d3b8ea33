package org.ehrhub.sandbox.terminology;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Optional;
import org.ehrhub.sandbox.terminology.Codes.Concept;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** The code an operation is asked about, given in parts or as a Coding. */
record Asked(
        @Nullable String system,
        @Nullable String code,
        @Nullable String display) {
    static Asked of(@Nullable UriType system, @Nullable CodeType code, @Nullable Coding coding) {
        if ((code == null) == (coding == null)) {
            throw new InvalidRequestException("The operation takes either a code with its system or a coding");
        }
        return coding != null
                ? new Asked(coding.getSystem(), coding.getCode(), coding.getDisplay())
                : new Asked(system == null ? null : system.getValue(), code == null ? null : code.getValue(), null);
    }

    /** The same with the display that is to be checked. */
    Asked shown(@Nullable StringType given) {
        return given == null ? this : new Asked(system, code, given.getValue());
    }

    /** Whether it is this concept, with the right display where one was given. */
    Parameters answer(Optional<Concept> found) {
        var answer = new Parameters();
        if (found.isEmpty()) {
            return answer.addParameter("result", false).addParameter("message", "The code is not known here");
        }
        String right = found.get().display();
        boolean fits = display == null || display.equalsIgnoreCase(right);
        answer.addParameter("result", fits).addParameter("display", right);
        return fits ? answer : answer.addParameter("message", "The display is not that of the code");
    }
}
