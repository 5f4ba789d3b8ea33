package org.ehrhub.fhir.orders;

import java.util.function.Function;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Concepts;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.fhir.writing.HubDevice;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.fhir.writing.Times;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.orders.Order;
import org.ehrhub.tools.orders.OrderDraft;
import org.ehrhub.tools.orders.ReferralDraft;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.jspecify.annotations.Nullable;

/**
 * Drafts of orders and referrals: ServiceRequests of status {@code draft} and intent {@code order}, which does not change when
 * somebody signs them, without a requester until then.
 */
final class OrderDrafts {
    private static final String TO_SPECIALIST = "103696004";

    private final FhirServer server;
    private final Links links;
    private final OrderRecords records;

    OrderDrafts(FhirServer server) {
        this.server = server;
        this.links = new Links(server);
        this.records = new OrderRecords(server);
    }

    Creation.Form<OrderDraft, ServiceRequest, Order> orders() {
        return new Form<>(OrderDraft::patient) {
            @Override
            public ServiceRequest draft(OrderDraft input, CallContext call) {
                links.mustBeOurs(input.encounter(), "encounter");
                var draft = started(OrderCategory.of(input.category()))
                        .setCode(Concepts.coded(input.name(), input.code(), "code"));
                words(draft, input.priority(), input.reason(), input.note());
                return draft.setSubject(links.patient(input.patient(), call))
                        .setEncounter(links.encounter(input.encounter(), input.patient(), call));
            }
        };
    }

    Creation.Form<ReferralDraft, ServiceRequest, Order> referrals() {
        return new Form<>(ReferralDraft::patient) {
            @Override
            public ServiceRequest draft(ReferralDraft input, CallContext call) {
                links.mustBeOurs(input.encounter(), "encounter");
                var draft = started(OrderCategory.REFERRAL)
                        .setCode(Concepts.of(Concepts.SNOMED, TO_SPECIALIST, "Patient referral to specialist"))
                        .setPerformerType(Concepts.coded(input.specialty(), input.code(), "code"));
                words(draft, input.priority(), input.reason(), input.note());
                if (input.recipient() != null) {
                    draft.addPerformer(links.actor(input.recipient(), "recipient"));
                }
                return draft.setSubject(links.patient(input.patient(), call))
                        .setEncounter(links.encounter(input.encounter(), input.patient(), call));
            }
        };
    }

    private ServiceRequest started(OrderCategory category) {
        var draft = new ServiceRequest()
                .setStatus(ServiceRequestStatus.DRAFT)
                .setIntent(ServiceRequestIntent.ORDER)
                .addCategory(category.concept())
                .setAuthoredOnElement(new DateTimeType(Times.now(server.clock())));
        HubDevice.mark(draft);
        return draft;
    }

    private void words(
            ServiceRequest draft, @Nullable String priority, @Nullable String reason, @Nullable String note) {
        draft.setPriority(
                Concepts.word(priority == null ? "routine" : priority, ServiceRequestPriority::fromCode, "priority"));
        if (reason != null) {
            draft.addReasonCode().setText(reason);
        }
        if (note != null) {
            draft.addNote(HubDevice.note(note, server.clock()));
        }
    }

    /** What both kinds share. */
    private abstract class Form<I extends Record> implements Creation.Form<I, ServiceRequest, Order> {
        private final Function<I, Reference> patient;

        Form(Function<I, Reference> patient) {
            this.patient = patient;
        }

        @Override
        public Class<ServiceRequest> type() {
            return ServiceRequest.class;
        }

        @Override
        public boolean fits(I input, ServiceRequest held) {
            return links.isOf(held, patient.apply(input));
        }

        @Override
        public Order shown(ServiceRequest held) {
            return records.order(held);
        }
    }
}
