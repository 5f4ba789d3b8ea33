package org.ehrhub.fhir.client;

import com.fasterxml.jackson.core.JsonProcessingException;

/** An answer is not the FHIR JSON that was asked for. */
final class NotFhirException extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    NotFhirException() {
        super("The answer is not FHIR JSON");
    }
}
