package org.ehrhub.fhir.coverage;

import java.time.Duration;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs.Need;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Resource;

/**
 * How an EHR passes requests of one type on to payers: at once by {@code $submit} where it offers that, else by keeping the
 * request until the payer's answer is there.
 */
final class Submission {
    private static final Duration TO_LEARN = Duration.ofSeconds(3);

    private final FhirServer server;
    private final String type;
    private final Need submit;

    Submission(FhirServer server, String type) {
        this.server = server;
        this.type = type;
        this.submit = new Need(type, "$submit");
    }

    /** What came of sending. */
    sealed interface Sent {
        /** The payer's answer, in whatever wrapping. */
        record Answered(Resource answer) implements Sent {}

        /** The request is kept under this id. */
        record Kept(String id) implements Sent {}
    }

    /** Sends a request, once; one to be kept is not kept twice under a key. */
    Sent send(Resource request, String key, CallContext call) {
        if (!isSurelyNotOffered()) {
            try {
                return new Sent.Answered(server.operation(type + "/$submit", request, true, Resource.class, call));
            } catch (EhrFailure e) {
                if (!saysNotOffered(e)) {
                    throw e;
                }
            }
        }
        return new Sent.Kept(server.create(request, WriteKeys.search(type, key), call));
    }

    /** Whether every request that was sent is kept, so that one that is not there was not sent. */
    boolean keepsAll() {
        learn();
        return isSurelyNotOffered();
    }

    /** Some servers refuse an operation that they do not know as if it were a wrong request. */
    private boolean saysNotOffered(EhrFailure failure) {
        if (failure.code() == ErrorCode.REJECTED_BY_EHR) {
            learn();
            return isSurelyNotOffered();
        }
        return failure.code() == ErrorCode.UNSUPPORTED;
    }

    private boolean isSurelyNotOffered() {
        return server.capabilities().unmet(submit).isPresent();
    }

    private void learn() {
        if (!server.capabilities().stated()) {
            server.capabilities().learn(TO_LEARN);
        }
    }
}
