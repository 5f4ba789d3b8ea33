package org.ehrhub.fhir.coverage;

import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.PriorAuth;
import org.ehrhub.tools.coverage.PriorAuthSubmit;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.Resource;

/** {@code priorauth.submit}: one {@code Claim/$submit} (Da Vinci PAS 2.2), never sent twice. */
public final class PriorAuthSubmitting implements WriteHandler<PriorAuthSubmit, PriorAuth> {
    private final FhirServer server;
    private final CoverageDesk desk;
    private final OrderDesk orders;
    private final PriorAuthDraft drafts;
    private final ClaimParts parts;
    private final ClaimMail mail;

    /** Requests through this server. */
    public PriorAuthSubmitting(FhirServer server) {
        this.server = server;
        this.desk = new CoverageDesk(server);
        this.orders = new OrderDesk(server);
        this.drafts = new PriorAuthDraft(server, desk);
        this.parts = new ClaimParts(server, desk);
        this.mail = new ClaimMail(server);
    }

    @Override
    public ToolResult<PriorAuth> handle(PriorAuthSubmit input, CallContext call) {
        CoverageDesk.code(input.diagnosis(), "diagnosis");
        FhirId.of(input.coverage(), "coverage", server.ehr());
        var order = orders.openOrder(input.order(), call);
        var coverage = desk.coverage(input.coverage(), call);
        desk.mustBeOf(order.getSubject(), coverage, "order");
        var claim = drafts.request(input, order, coverage);
        WriteKeys.add(claim, call.writeKey());
        var bundle = parts.bundle(claim, List.of(coverage, order), call.writeKey(), call);
        var answer = server.operation("Claim/$submit", bundle, true, Resource.class, call);
        var response = PayerAnswer.all(answer, ClaimResponse.class).stream()
                .findFirst()
                .orElseThrow(FhirServer::unclear);
        var patient = desk.patient(coverage);
        desk.mustBeAbout(response.getPatient(), patient);
        desk.mustBeClear(response);
        PayerErrors.raise(ClaimMail.errors(response));
        var followed = mail.kept(response, patient, call)
                .orElseGet(
                        () -> new Inquiry(input.order().id(), input.coverage().id(), call.writeKey())
                                .reference(server.ehr()));
        var told = PriorAuthRecords.priorAuth(response, followed, patient);
        return new ToolResult.Ok<>(told, server.provenance(response), PriorAuthRecords.warnings(told));
    }

    @Override
    public Optional<PriorAuth> reconcile(PriorAuthSubmit input, String key, CallContext call) {
        var coverage = desk.coverage(input.coverage(), call);
        var patient = desk.patient(coverage);
        var response = mail.earlier(key, call)
                .flatMap(id -> mail.answerTo(id, call))
                .orElseThrow(() -> new EhrFailure(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "Whether the payer has the request cannot be told: the EHR shows no answer to it.",
                        "Ask the payer before you send it again."));
        desk.mustBeAbout(response.getPatient(), patient);
        desk.mustBeClear(response);
        return Optional.of(PriorAuthRecords.priorAuth(response, FhirId.reference(server.ehr(), response), patient));
    }

    /** Of the order: the approval is for what it says now. */
    @Override
    public Optional<String> currentVersion(PriorAuthSubmit input, CallContext call) {
        return Optional.ofNullable(
                server.provenance(orders.openOrder(input.order(), call)).version());
    }
}
