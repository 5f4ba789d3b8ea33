package org.ehrhub.fhir.coverage;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.ServiceRequest;

/** What payers are asked about: orders that are still to be done, visits that took place. */
final class OrderDesk {
    private final FhirServer server;

    OrderDesk(FhirServer server) {
        this.server = server;
    }

    /**
     * An order that is still to be done.
     *
     * @throws EhrFailure {@code CONFLICT} when it is done, revoked or says not to do something
     */
    ServiceRequest openOrder(Reference named, CallContext call) {
        var order = order(named, call);
        boolean open = !(order.hasDoNotPerform() && order.getDoNotPerform())
                && order.hasStatus()
                && switch (order.getStatus()) {
                    case DRAFT, ACTIVE, ONHOLD -> true;
                    default -> false;
                };
        if (!open) {
            throw new EhrFailure(
                    ErrorCode.CONFLICT,
                    "The order is not one that is still to be done.",
                    "Read the patient's orders again.");
        }
        return order;
    }

    /** An order, done or not. */
    ServiceRequest order(Reference named, CallContext call) {
        return understood(server.read(ServiceRequest.class, FhirId.of(named, "order", server.ehr()), call));
    }

    /**
     * A visit that took place.
     *
     * @throws EhrFailure {@code CONFLICT} when it is still to come, or did not take place
     */
    Encounter visit(Reference named, CallContext call) {
        var visit = understood(server.read(Encounter.class, FhirId.of(named, "encounter", server.ehr()), call));
        boolean took = visit.hasStatus()
                && switch (visit.getStatus()) {
                    case INPROGRESS, ONLEAVE, FINISHED -> true;
                    default -> false;
                };
        if (!took) {
            throw new EhrFailure(
                    ErrorCode.CONFLICT,
                    "The encounter has not taken place, so nothing can be billed for it.",
                    "Read the patient's encounters again.");
        }
        return visit;
    }

    private static <R extends DomainResource> R understood(R resource) {
        if (Modifiers.unknownIn(resource)) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The record carries a modifier that the hub does not know and that may change its meaning.",
                    "Look at it in the EHR itself.");
        }
        return resource;
    }
}
