package org.ehrhub.fhir.coverage;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.Eligibility;
import org.ehrhub.tools.coverage.EligibilityCheck;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code eligibility.check}: the payer is asked once; an answer that is not there in time is looked for again when the same
 * call comes again, under the key that the request holds.
 */
public final class EligibilityChecking implements WriteHandler<EligibilityCheck, Eligibility> {
    private static final String ERROR = "The payer reported an error. It did not say whether coverage is in force.";
    private static final String OTHER_SERVICES = "The payer named no benefits of this service type.";

    private final FhirServer server;
    private final CoverageDesk desk;
    private final EligibilityDraft drafts;
    private final EligibilityRecords records;
    private final EligibilityMail mail;

    /** Questions through this server. */
    public EligibilityChecking(FhirServer server) {
        this.server = server;
        this.desk = new CoverageDesk(server);
        this.drafts = new EligibilityDraft(desk);
        this.records = new EligibilityRecords(server);
        this.mail = new EligibilityMail(server);
    }

    @Override
    public ToolResult<Eligibility> handle(EligibilityCheck input, CallContext call) {
        var coverage = desk.coverage(input.coverage(), call);
        var earlier = mail.earlier(call.writeKey(), call);
        if (earlier.isPresent()) {
            return followed(earlier.get(), input, coverage, call);
        }
        var draft = drafts.benefits(coverage, input);
        WriteKeys.add(draft, call.writeKey());
        return switch (mail.send(draft, call.writeKey(), call)) {
            case Submission.Sent.Kept(var id) -> followed(id, input, coverage, call);
            case Submission.Sent.Answered(var answer) -> answered(answer, input, coverage, call);
        };
    }

    @Override
    public Optional<Eligibility> reconcile(EligibilityCheck input, String key, CallContext call) {
        var earlier = mail.earlier(key, call);
        if (earlier.isEmpty() && !mail.keepsAll()) {
            throw new EhrFailure(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "Whether the payer was asked cannot be told: the EHR does not show requests that it passed on.",
                    "Look in the EHR itself, or ask again under a new key.");
        }
        return earlier.flatMap(id -> mail.answerTo(id, call))
                .map(answer -> eligibility(answer, input, desk.coverage(input.coverage(), call)));
    }

    /** Nothing that exists would change. */
    @Override
    public Optional<String> currentVersion(EligibilityCheck input, CallContext call) {
        return Optional.empty();
    }

    private ToolResult<Eligibility> answered(
            Resource answer, EligibilityCheck input, Coverage coverage, CallContext call) {
        var response = PayerAnswer.all(answer, CoverageEligibilityResponse.class).stream()
                .max(Comparator.comparing(EligibilityMail::isFinal))
                .orElseThrow(FhirServer::unclear);
        if (EligibilityMail.isFinal(response)) {
            return told(response, input, coverage);
        }
        var request = server.reference(response.getRequest());
        return request == null || !request.type().equals("CoverageEligibilityRequest")
                ? mail.earlier(call.writeKey(), call)
                        .map(id -> followed(id, input, coverage, call))
                        .orElseThrow(FhirServer::unclear)
                : followed(request.id(), input, coverage, call);
    }

    private ToolResult<Eligibility> followed(String id, EligibilityCheck input, Coverage coverage, CallContext call) {
        var answer = mail.awaited(id, call);
        if (answer.isEmpty()) {
            return new ToolResult.Pending<>(new Reference(server.ehr(), "CoverageEligibilityRequest", id).toString());
        }
        if (PayerErrors.isNoAnswer(EligibilityMail.errors(answer.get()))) {
            mail.takeBack(id, call.writeKey(), call);
        }
        return told(answer.get(), input, coverage);
    }

    private ToolResult<Eligibility> told(
            CoverageEligibilityResponse response, EligibilityCheck input, Coverage coverage) {
        PayerErrors.raise(EligibilityMail.errors(response));
        var eligibility = eligibility(response, input, coverage);
        return new ToolResult.Ok<>(eligibility, server.provenance(response), warnings(eligibility, input));
    }

    private Eligibility eligibility(CoverageEligibilityResponse answer, EligibilityCheck input, Coverage coverage) {
        desk.mustBeAbout(answer.getPatient(), desk.patient(coverage));
        desk.mustBeClear(answer);
        return records.eligibility(answer, input.coverage(), desk.patient(coverage), input.service());
    }

    private static List<String> warnings(Eligibility told, EligibilityCheck input) {
        if (told.outcome().equals("error")) {
            return List.of(ERROR);
        }
        return input.service() != null && told.benefits().isEmpty() ? List.of(OTHER_SERVICES) : List.of();
    }
}
