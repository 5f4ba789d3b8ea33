package org.ehrhub.fhir.client;

import java.io.IOException;

/** An answer is longer, deeper or has more parts than the hub reads. */
final class AnswerTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTooLargeException() {
        super("The answer is larger than is read");
    }
}
