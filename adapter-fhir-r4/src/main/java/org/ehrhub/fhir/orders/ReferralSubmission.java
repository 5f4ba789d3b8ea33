package org.ehrhub.fhir.orders;

import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Amendment;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.orders.Order;
import org.ehrhub.tools.orders.ReferralSubmit;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/** {@code referral.submit}: a drafted referral becomes active; one that is active already stays as it is. */
final class ReferralSubmission implements Amendment.Change<ReferralSubmit, ServiceRequest, Order> {
    private final OrderRecords records;

    ReferralSubmission(FhirServer server) {
        this.records = new OrderRecords(server);
    }

    @Override
    public Class<ServiceRequest> type() {
        return ServiceRequest.class;
    }

    @Override
    public Amendment.Target target(ReferralSubmit input) {
        return new Amendment.Target(input.referral(), "referral", input.version());
    }

    @Override
    public void make(ReferralSubmit input, ServiceRequest held, CallContext call) {
        if (!OrderCategory.REFERRAL.isIn(held)) {
            throw Refusal.invalid(
                    "referral", "is an order and no referral.", "An order is signed by a clinician in the EHR itself.");
        }
        if (held.getStatus() == ServiceRequestStatus.DRAFT) {
            held.setStatus(ServiceRequestStatus.ACTIVE);
        } else if (held.getStatus() != ServiceRequestStatus.ACTIVE) {
            throw Refusal.conflict(
                    "The referral is no draft any more, so it cannot be submitted.",
                    "Draft a new one if it is needed.");
        }
    }

    @Override
    public Order shown(ServiceRequest held) {
        return records.order(held);
    }
}
