package org.ehrhub.medplum.stub;

import java.net.URI;

/**
 * The addresses that the stub writes into its answers.
 *
 * @param base its {@code baseUrl}, which ends with a slash, and need not be the address it is reached under
 */
record Places(URI base) {
    String fhir() {
        return base + "fhir/R4/";
    }

    String token() {
        return base + "oauth2/token";
    }

    String storage() {
        return base + "storage/";
    }

    String job(String id) {
        return fhir() + "job/" + id + "/status";
    }
}
