package org.ehrhub.fhir.coverage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** Asks a payer by {@code Claim/$inquire} what it has decided (Da Vinci PAS 2.2): a query by example. */
final class Inquirer {
    private final FhirServer server;
    private final CoverageDesk desk;
    private final PriorAuthDraft drafts;
    private final ClaimParts parts;

    Inquirer(FhirServer server, CoverageDesk desk) {
        this.server = server;
        this.desk = desk;
        this.drafts = new PriorAuthDraft(server, desk);
        this.parts = new ClaimParts(server, desk);
    }

    /**
     * What the payer says of a request of which the EHR keeps nothing.
     *
     * @throws EhrFailure {@code AMBIGUOUS_MATCH} when it names several that may be meant, {@code NOT_FOUND} when none
     */
    ClaimResponse about(Inquiry inquiry, ServiceRequest order, Coverage coverage, CallContext call) {
        var example = drafts.about(order, coverage).addIdentifier(WriteKeys.identifier(inquiry.key()));
        return ask(example, List.of(coverage, order), inquiry.key(), null, call)
                .orElseThrow(() -> new EhrFailure(
                        ErrorCode.NOT_FOUND,
                        "The payer knows of no such request.",
                        "Ask the payer by other means before you send it again."));
    }

    /** What the payer says now of a request that the EHR keeps. */
    Optional<ClaimResponse> about(Claim claim, String key, CallContext call) {
        var example = claim.copy();
        example.setCreatedElement(desk.now());
        example.setDiagnosis(null).setSupportingInfo(null).setText(null);
        example.getItem().forEach(item -> item.setDiagnosisSequence(null).setInformationSequence(null));
        var ref = new Reference(server.ehr(), "Claim", claim.getIdPart());
        return ask(example, List.of(), key, ref, call);
    }

    private Optional<ClaimResponse> ask(
            Claim example, List<? extends Resource> known, String key, @Nullable Reference claim, CallContext call) {
        var identifiers = example.getIdentifier();
        var bundle = parts.bundle(example, known, key, call);
        var answer = server.operation("Claim/$inquire", bundle, false, Resource.class, call);
        var claims = PayerAnswer.all(answer, Claim.class).stream()
                .filter(each -> each.getIdentifier().stream()
                        .anyMatch(one -> identifiers.stream().anyMatch(one::equalsDeep)))
                .map(Claim::getIdPart)
                .collect(Collectors.toSet());
        var own = PayerAnswer.all(answer, ClaimResponse.class).stream()
                .filter(each -> isOwn(each, claim, claims))
                .toList();
        if (own.size() > 1) {
            throw new EhrFailure(
                    ErrorCode.AMBIGUOUS_MATCH,
                    "The payer names several decisions, and none can be told to be this one.",
                    "Ask the payer by other means, with the patient's name and the date of the request.");
        }
        return own.stream().findFirst();
    }

    /** Whether it may be the answer to the claim: what names another claim is not. */
    private boolean isOwn(ClaimResponse answer, @Nullable Reference claim, Set<String> claims) {
        if (answer.getUse() != ClaimResponse.Use.PREAUTHORIZATION) {
            return false;
        }
        var named = server.reference(answer.getRequest());
        if (named == null) {
            return true;
        }
        return claim == null ? claims.isEmpty() || claims.contains(named.id()) : Objects.equals(named, claim);
    }
}
