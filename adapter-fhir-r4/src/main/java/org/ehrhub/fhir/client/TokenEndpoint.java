package org.ehrhub.fhir.client;

import java.net.URI;
import java.time.Instant;

/** Where a login server is asked. */
@FunctionalInterface
interface TokenEndpoint {
    /**
     * Its address.
     *
     * @param deadline until when it may be looked for
     * @throws org.ehrhub.adapters.EhrFailure when it is not known and cannot be found
     */
    URI url(Instant deadline);
}
