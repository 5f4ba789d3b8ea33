package org.ehrhub.fhir.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.PriorAuth;
import org.ehrhub.tools.coverage.PriorAuthStatus;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.ClaimResponse.ClaimResponseStatus;

/**
 * {@code priorauth.status}: the decision as the EHR keeps it. The payer is asked with {@code Claim/$inquire} (Da Vinci PAS 2.2)
 * where the EHR keeps none, or keeps one that is still pended.
 */
public final class PriorAuthFollowing {
    private static final String OLD =
            "The payer could not be asked anew just now; this is the decision that the EHR keeps.";

    private final FhirServer server;
    private final CoverageDesk desk;
    private final OrderDesk orders;
    private final Inquirer inquirer;

    /** Decisions through this server. */
    public PriorAuthFollowing(FhirServer server) {
        this.server = server;
        this.desk = new CoverageDesk(server);
        this.orders = new OrderDesk(server);
        this.inquirer = new Inquirer(server, desk);
    }

    /** Says what has become of a request. */
    public ToolResult<PriorAuth> status(PriorAuthStatus input, CallContext call) {
        var named = input.priorAuth();
        var inquiry = named.ehr().equals(server.ehr()) ? Inquiry.in(named) : Optional.<Inquiry>empty();
        return inquiry.isPresent() ? inquired(inquiry.get(), named, call) : kept(named, call);
    }

    private ToolResult<PriorAuth> inquired(Inquiry inquiry, Reference named, CallContext call) {
        var order = orders.order(new Reference(server.ehr(), "ServiceRequest", inquiry.order()), call);
        var coverage = desk.coverage(new Reference(server.ehr(), "Coverage", inquiry.coverage()), call);
        desk.mustBeOf(order.getSubject(), coverage, "priorAuth");
        var answer = inquirer.about(inquiry, order, coverage, call);
        desk.mustBeAbout(answer.getPatient(), desk.patient(coverage));
        desk.mustBeClear(answer);
        return told(answer, named, desk.patient(coverage), List.of());
    }

    private ToolResult<PriorAuth> kept(Reference named, CallContext call) {
        var id = FhirId.of(named, "priorAuth", server.ehr());
        var answer = server.read(ClaimResponse.class, id, call);
        if (answer.getStatus() == ClaimResponseStatus.ENTEREDINERROR
                || answer.getUse() != ClaimResponse.Use.PREAUTHORIZATION) {
            throw new EhrFailure(
                    ErrorCode.NOT_FOUND,
                    "That record is not a decision on prior authorisation, or was entered in error.",
                    "Pass the reference that priorauth.submit returned.");
        }
        var patient = server.reference(answer.getPatient());
        if (patient == null || Modifiers.unknownIn(answer)) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The record does not say whose it is, or carries a modifier that the hub does not know.",
                    "Look at it in the EHR itself.");
        }
        var decision = PriorAuthRecords.priorAuth(answer, named, patient).decision();
        return decision.equals(PriorAuthRecords.PENDED)
                ? renewed(answer, named, patient, call)
                : told(answer, named, patient, List.of());
    }

    private ToolResult<PriorAuth> renewed(ClaimResponse old, Reference named, Reference patient, CallContext call) {
        try {
            var claim = server.reference(old.getRequest());
            if (claim != null && claim.type().equals("Claim")) {
                var request = server.read(Claim.class, claim.id(), call);
                var answer = inquirer.about(request, claim.id(), call).orElse(old);
                desk.mustBeAbout(answer.getPatient(), patient);
                desk.mustBeClear(answer);
                return told(answer, named, patient, List.of());
            }
        } catch (EhrFailure e) {
            return told(old, named, patient, e.code() == ErrorCode.UNSUPPORTED ? List.of() : List.of(OLD));
        }
        return told(old, named, patient, List.of());
    }

    private ToolResult<PriorAuth> told(
            ClaimResponse answer, Reference named, Reference patient, List<String> warnings) {
        var told = PriorAuthRecords.priorAuth(answer, named, patient);
        var all = new ArrayList<>(warnings);
        all.addAll(PriorAuthRecords.warnings(told));
        return new ToolResult.Ok<>(told, server.provenance(answer), all);
    }
}
