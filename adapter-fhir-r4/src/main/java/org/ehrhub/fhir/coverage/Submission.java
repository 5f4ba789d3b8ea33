package org.ehrhub.fhir.coverage;

import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * How an EHR passes requests of one type on to payers: at once by {@code $submit} where it offers that, else by keeping the
 * request until the payer's answer is there.
 */
final class Submission {
    private final FhirServer server;
    private final String type;
    private volatile @Nullable Boolean atOnce;

    Submission(FhirServer server, String type) {
        this.server = server;
        this.type = type;
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
        if (!Boolean.FALSE.equals(atOnce)) {
            try {
                var answer = server.operation(type + "/$submit", request, true, Resource.class, call);
                atOnce = true;
                return new Sent.Answered(answer);
            } catch (EhrFailure e) {
                if (!isNotOffered(e, call)) {
                    throw e;
                }
                atOnce = false;
            }
        }
        return new Sent.Kept(server.create(request, WriteKeys.search(type, key), call));
    }

    /** Whether every request that was sent is kept, so that one that is not there was not sent. */
    boolean keepsAll(CallContext call) {
        var known = atOnce;
        if (known == null) {
            known = saysSo(call).orElse(true);
        }
        return !known;
    }

    /** Some servers refuse an operation that they do not know as if it were a wrong request. */
    private boolean isNotOffered(EhrFailure failure, CallContext call) {
        return failure.code() == ErrorCode.UNSUPPORTED
                || (failure.code() == ErrorCode.REJECTED_BY_EHR
                        && atOnce == null
                        && !saysSo(call).orElse(true));
    }

    /** Whether the server says that it offers {@code $submit}; empty when it does not say what it can do. */
    private Optional<Boolean> saysSo(CallContext call) {
        try {
            return Optional.of(server.statement(call).getRest().stream()
                    .map(CapabilityStatementRestComponent::getResource)
                    .flatMap(List::stream)
                    .filter(resource -> type.equals(resource.getType()))
                    .map(CapabilityStatementRestResourceComponent::getOperation)
                    .flatMap(List::stream)
                    .anyMatch(this::isSubmit));
        } catch (EhrFailure e) {
            return Optional.empty();
        }
    }

    private boolean isSubmit(CapabilityStatementRestResourceOperationComponent operation) {
        return "submit".equals(String.valueOf(operation.getName()).replace("$", ""))
                || String.valueOf(operation.getDefinition()).endsWith("/" + type + "-submit");
    }
}
