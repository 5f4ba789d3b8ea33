package org.ehrhub.fhir.client;

import org.ehrhub.adapters.EhrFailure;

/** The server does not know the login, HTTP 401; a newer one may help. */
final class UnauthorizedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient EhrFailure failure;

    UnauthorizedException(EhrFailure failure) {
        super(failure);
        this.failure = failure;
    }

    EhrFailure failure() {
        return failure;
    }
}
