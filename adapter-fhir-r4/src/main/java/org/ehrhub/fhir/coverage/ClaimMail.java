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
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.ClaimResponse.ClaimResponseStatus;
import org.hl7.fhir.r4.model.ClaimResponse.ErrorComponent;
import org.hl7.fhir.r4.model.CodeableConcept;

/** Claims as the EHR keeps them, and the answers to them. */
final class ClaimMail {
    private static final Comparator<ClaimResponse> NEWEST_LAST = Comparator.comparing(
            answer -> answer.hasCreated() ? answer.getCreated().toInstant() : Instant.MIN);

    private final FhirServer server;
    private final ResultPages pages;
    private final WriteKeys keys;

    ClaimMail(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
        this.keys = new WriteKeys(server);
    }

    /** The id of a claim that was sent under a key before; none where the EHR does not let the hub search claims. */
    Optional<String> earlier(String key, CallContext call) {
        try {
            return keys.find(Claim.class, key, call).map(Claim::getIdPart);
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.UNSUPPORTED || e.code() == ErrorCode.DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The newest answer to a claim. */
    Optional<ClaimResponse> answerTo(String id, CallContext call) {
        var claim = new Reference(server.ehr(), "Claim", id);
        var search = SearchUrl.of("ClaimResponse").written("request", "Claim/" + id);
        return pages.all(ClaimResponse.class, search, call).stream()
                .filter(answer -> claim.equals(server.reference(answer.getRequest()))
                        && answer.getStatus() != ClaimResponseStatus.ENTEREDINERROR)
                .max(NEWEST_LAST);
    }

    /**
     * Where the EHR keeps an answer that it gave, when it shows it there: under its id, or as the answer to the claim. Ids
     * may be the payer's own, and then those of somebody else's records here.
     */
    Optional<Reference> kept(ClaimResponse answer, Reference patient, CallContext call) {
        var named = FhirId.reference(server.ehr(), answer);
        try {
            if (named != null && isShown(named, answer, patient, call)) {
                return Optional.of(named);
            }
            return Optional.ofNullable(server.reference(answer.getRequest()))
                    .filter(claim -> claim.type().equals("Claim"))
                    .map(Reference::id)
                    .or(() -> earlier(call.writeKey(), call))
                    .flatMap(claim -> answerTo(claim, call))
                    .filter(found -> isSame(found, answer, patient))
                    .map(found -> FhirId.reference(server.ehr(), found));
        } catch (EhrFailure e) {
            return Optional.empty(); // whatever it failed with, nothing can be read there
        }
    }

    private boolean isShown(Reference named, ClaimResponse answer, Reference patient, CallContext call) {
        try {
            return isSame(server.read(ClaimResponse.class, named.id(), call), answer, patient);
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private boolean isSame(ClaimResponse held, ClaimResponse answer, Reference patient) {
        return patient.equals(server.reference(held.getPatient()))
                && held.getUse() == answer.getUse()
                && held.getCreatedElement().equalsDeep(answer.getCreatedElement());
    }

    static List<CodeableConcept> errors(ClaimResponse answer) {
        return answer.getError().stream().map(ErrorComponent::getCode).toList();
    }
}
