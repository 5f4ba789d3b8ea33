package org.ehrhub.fhir.client;

import ca.uhn.fhir.parser.DataFormatException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.OperationOutcome;

/**
 * A request that a server refused, as far as its habits may look at it; nothing of it is shown.
 *
 * @param kind what was asked
 * @param status the HTTP status, none of the 200s
 * @param body what came with it, empty where that was long
 * @param sent the headers that the request carried beside the usual ones
 * @param header the values of a header of the answer, by its name
 */
public record Refusal(
        Interaction kind, int status, Content body, Map<String, String> sent, Function<String, List<String>> header) {
    /** Takes a copy. */
    public Refusal {
        sent = Map.copyOf(sent);
    }

    /** The OperationOutcome that came with it (FHIR R4, 2.45). */
    public Optional<OperationOutcome> outcome() {
        var bytes = body.bytes();
        try {
            return JsonAnswer.resourceType(bytes, bytes.length).equals("OperationOutcome")
                            && FhirClients.parse(bytes) instanceof OperationOutcome outcome
                    ? Optional.of(outcome)
                    : Optional.empty();
        } catch (IOException | DataFormatException e) {
            return Optional.empty(); // then its status says all there is
        }
    }
}
