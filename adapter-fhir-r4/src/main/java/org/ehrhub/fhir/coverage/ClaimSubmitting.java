package org.ehrhub.fhir.coverage;

import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.ClaimOutcome;
import org.ehrhub.tools.coverage.ClaimSubmit;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** {@code claim.submit}: sent once; an answer that is not there in time is looked for when the same call comes again. */
public final class ClaimSubmitting implements WriteHandler<ClaimSubmit, ClaimOutcome> {
    private final FhirServer server;
    private final CoverageDesk desk;
    private final OrderDesk visits;
    private final ClaimDraft drafts;
    private final ClaimRecords records;
    private final ClaimMail mail;
    private final Submission submission;
    private final Patience patience;

    /** Claims through this server. */
    public ClaimSubmitting(FhirServer server) {
        this.server = server;
        this.desk = new CoverageDesk(server);
        this.visits = new OrderDesk(server);
        this.drafts = new ClaimDraft(desk);
        this.records = new ClaimRecords(server);
        this.mail = new ClaimMail(server);
        this.submission = new Submission(server, "Claim");
        this.patience = new Patience(server);
    }

    @Override
    public ToolResult<ClaimOutcome> handle(ClaimSubmit input, CallContext call) {
        ClaimDraft.check(input);
        var biller = FhirId.of(input.provider(), "provider", server.ehr());
        FhirId.of(input.coverage(), "coverage", server.ehr());
        var visit = visits.visit(input.encounter(), call);
        var coverage = desk.coverage(input.coverage(), call);
        desk.mustBeOf(visit.getSubject(), coverage, "encounter");
        server.readAny(input.provider().type(), biller, call);
        var earlier = mail.earlier(call.writeKey(), call);
        if (earlier.isPresent()) {
            return followed(earlier.get(), coverage, call);
        }
        var claim = drafts.claim(input, visit, coverage);
        WriteKeys.add(claim, call.writeKey());
        return switch (submission.send(claim, call.writeKey(), call)) {
            case Submission.Sent.Kept(var id) -> followed(id, coverage, call);
            case Submission.Sent.Answered(var answer) -> answered(answer, coverage);
        };
    }

    @Override
    public Optional<ClaimOutcome> reconcile(ClaimSubmit input, String key, CallContext call) {
        var earlier = mail.earlier(key, call);
        if (earlier.isEmpty()) {
            if (submission.keepsAll()) {
                return Optional.empty();
            }
            throw new EhrFailure(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "Whether the payer has the claim cannot be told: the EHR does not show claims that it passed on.",
                    "Ask the payer before you send it again.");
        }
        var coverage = desk.coverage(input.coverage(), call);
        var claim = claim(earlier.get());
        return Optional.of(mail.answerTo(earlier.get(), call)
                .map(answer -> outcome(answer, claim, coverage))
                .orElseGet(() -> ClaimRecords.queued(claim, desk.patient(coverage))));
    }

    /** Of the encounter: the approval is for what it says now. */
    @Override
    public Optional<String> currentVersion(ClaimSubmit input, CallContext call) {
        return Optional.ofNullable(
                server.provenance(visits.visit(input.encounter(), call)).version());
    }

    private ToolResult<ClaimOutcome> answered(Resource answer, Coverage coverage) {
        var response = PayerAnswer.all(answer, ClaimResponse.class).stream()
                .findFirst()
                .orElseThrow(FhirServer::unclear);
        return told(response, outcome(response, null, coverage));
    }

    private ToolResult<ClaimOutcome> followed(String id, Coverage coverage, CallContext call) {
        var claim = claim(id);
        return patience.awaited(() -> mail.answerTo(id, call), call)
                .map(answer -> told(answer, outcome(answer, claim, coverage)))
                .orElseGet(() -> new ToolResult.Pending<>(claim.toString()));
    }

    private ToolResult<ClaimOutcome> told(ClaimResponse answer, ClaimOutcome outcome) {
        return new ToolResult.Ok<>(outcome, server.provenance(answer));
    }

    private ClaimOutcome outcome(ClaimResponse answer, @Nullable Reference claim, Coverage coverage) {
        desk.mustBeAbout(answer.getPatient(), desk.patient(coverage));
        desk.mustBeClear(answer);
        return records.outcome(answer, claim, desk.patient(coverage));
    }

    private Reference claim(String id) {
        return new Reference(server.ehr(), "Claim", id);
    }
}
