package org.ehrhub.fhir.client;

/**
 * The answer to a request of a product's own; nothing of it is trusted or shown as it is.
 *
 * @param status the HTTP status: one of the 200s, or one of the 400s but for 401, 403, 408 and 429; of a request that is sent once
 *     any of the 400s
 * @param content what came with it; of a refusal no more than 64 KB
 * @param place where the outcome will be, as Content-Location says; empty without it
 */
public record OwnAnswer(int status, Content content, String place) {
    /** Whether the server did what it was asked, or took it on. */
    public boolean good() {
        return status < 300;
    }
}
