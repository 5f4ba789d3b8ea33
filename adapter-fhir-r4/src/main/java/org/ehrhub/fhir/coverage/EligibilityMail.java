package org.ehrhub.fhir.coverage;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.CoverageEligibilityRequest;
import org.hl7.fhir.r4.model.CoverageEligibilityRequest.EligibilityRequestStatus;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse.EligibilityResponseStatus;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse.ErrorsComponent;
import org.hl7.fhir.r4.model.Enumerations.RemittanceOutcome;

/** Requests about eligibility as the EHR keeps them, and the answers to them. */
final class EligibilityMail {
    private static final String REQUEST = "CoverageEligibilityRequest";
    private static final Comparator<CoverageEligibilityResponse> NEWEST_LAST = Comparator.comparing(
            response -> response.hasCreated() ? response.getCreated().toInstant() : Instant.MIN);

    private final FhirServer server;
    private final ResultPages pages;
    private final Submission submission;
    private final Patience patience;

    EligibilityMail(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
        this.submission = new Submission(server, REQUEST);
        this.patience = new Patience(server);
    }

    /** Sends a request, once. */
    Submission.Sent send(CoverageEligibilityRequest request, String key, CallContext call) {
        return submission.send(request, key, call);
    }

    /** Whether a request that is not there was not sent. */
    boolean keepsAll() {
        return submission.keepsAll();
    }

    /**
     * The id of a request that was sent under a key before, but for those that the payer could not answer: these may be sent
     * again. None is found where the EHR does not let the hub search them.
     */
    Optional<String> earlier(String key, CallContext call) {
        try {
            return pages.all(CoverageEligibilityRequest.class, WriteKeys.search(REQUEST, key), call).stream()
                    .filter(request -> WriteKeys.isIn(request, key)
                            && FhirId.isNameable(request)
                            && request.getStatus() != EligibilityRequestStatus.ENTEREDINERROR
                            && request.getStatus() != EligibilityRequestStatus.CANCELLED)
                    .map(CoverageEligibilityRequest::getIdPart)
                    .filter(id -> answerTo(id, call)
                            .filter(answer -> PayerErrors.isNoAnswer(errors(answer)))
                            .isEmpty())
                    .findFirst();
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.UNSUPPORTED || e.code() == ErrorCode.DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The final answer to a request, waited for a while. */
    Optional<CoverageEligibilityResponse> awaited(String id, CallContext call) {
        return patience.awaited(() -> answerTo(id, call), call);
    }

    /** The final answer to a request, when it is there. */
    Optional<CoverageEligibilityResponse> answerTo(String id, CallContext call) {
        var request = new Reference(server.ehr(), REQUEST, id);
        var search = SearchUrl.of("CoverageEligibilityResponse").written("request", REQUEST + "/" + id);
        return pages.all(CoverageEligibilityResponse.class, search, call).stream()
                .filter(answer -> request.equals(server.reference(answer.getRequest())) && isFinal(answer))
                .max(NEWEST_LAST);
    }

    /** Lets a request that the payer could not answer be sent again under its key: it is cancelled and loses the key. */
    void takeBack(String id, String key, CallContext call) {
        try {
            var request = server.read(CoverageEligibilityRequest.class, id, call);
            WriteKeys.remove(request, key);
            server.update(request.setStatus(EligibilityRequestStatus.CANCELLED), call);
        } catch (EhrFailure e) {
            return; // it stays as it is; under another key the payer can be asked anew
        }
    }

    static boolean isFinal(CoverageEligibilityResponse answer) {
        return answer.getOutcome() != RemittanceOutcome.QUEUED
                && answer.getStatus() != EligibilityResponseStatus.ENTEREDINERROR
                && answer.getStatus() != EligibilityResponseStatus.CANCELLED;
    }

    static List<CodeableConcept> errors(CoverageEligibilityResponse answer) {
        return answer.getError().stream().map(ErrorsComponent::getCode).toList();
    }
}
