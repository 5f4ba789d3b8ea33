package org.ehrhub.fhir.orders;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.fhir.writing.Amendment;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.orders.OrderTools;

/** The tools about orders and referrals. */
public final class OrderHandlers {
    private static final Needs CREATE = Needs.create("ServiceRequest").and(Needs.read("ServiceRequest"));
    private static final Needs UPDATE = Needs.update("ServiceRequest").and(Needs.read("ServiceRequest"));

    private OrderHandlers() {}

    /** Registers them. */
    public static void register(FhirTools tools, FhirServer server) {
        var drafts = new OrderDrafts(server);
        tools.onWrite(OrderTools.DRAFT, new Creation<>(server, drafts.orders()), CREATE, Feature.WRITE_KEY_STORED)
                .onWrite(
                        OrderTools.DRAFT_REFERRAL,
                        new Creation<>(server, drafts.referrals()),
                        CREATE,
                        Feature.WRITE_KEY_STORED)
                .onWrite(
                        OrderTools.SUBMIT_REFERRAL,
                        new Amendment<>(server, new ReferralSubmission(server)),
                        UPDATE,
                        Feature.WRITE_KEY_STORED);
    }
}
