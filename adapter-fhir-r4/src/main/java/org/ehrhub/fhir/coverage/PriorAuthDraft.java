package org.ehrhub.fhir.coverage;

import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.coverage.PriorAuthSubmit;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Claim.ClaimStatus;
import org.hl7.fhir.r4.model.Claim.ItemComponent;
import org.hl7.fhir.r4.model.Claim.Use;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;

/**
 * Requests for prior authorisation as claims (Da Vinci PAS 2.2, PASClaim). Kind and place of service are sent where the order
 * has them; the hub does not make them up.
 */
final class PriorAuthDraft {
    private static final String HL7 = "http://terminology.hl7.org/CodeSystem/";
    private static final List<String> ASKING = List.of("Practitioner", "PractitionerRole", "Organization");

    private final FhirServer server;
    private final CoverageDesk desk;

    PriorAuthDraft(FhirServer server, CoverageDesk desk) {
        this.server = server;
        this.desk = desk;
    }

    /** The request of a caller. */
    Claim request(PriorAuthSubmit input, ServiceRequest order, Coverage coverage) {
        var claim = about(order, coverage);
        claim.addDiagnosis().setSequence(1).setDiagnosis(CoverageDesk.code(input.diagnosis(), "diagnosis"));
        var item = claim.getItemFirstRep()
                .setDiagnosisSequence(List.of(new PositiveIntType(1)))
                .setQuantity(new Quantity(input.quantity() == null ? 1 : input.quantity()));
        if (input.note() != null) {
            claim.addSupportingInfo()
                    .setSequence(1)
                    .setCategory(CoverageDesk.concept(Pas.TEMPORARY_CODES, "freeFormMessage"))
                    .setValue(new StringType(input.note()));
            item.addInformationSequence(1);
        }
        return claim;
    }

    /** What both a request and an inquiry say of an order. */
    Claim about(ServiceRequest order, Coverage coverage) {
        var claim = new Claim()
                .setStatus(ClaimStatus.ACTIVE)
                .setType(CoverageDesk.concept(HL7 + "claim-type", "professional"))
                .setUse(Use.PREAUTHORIZATION)
                .setPatient(new Reference("Patient/" + desk.patient(coverage).id()))
                .setCreatedElement(desk.now())
                .setInsurer(desk.payer(coverage))
                .setProvider(provider(order))
                .setPriority(CoverageDesk.concept(HL7 + "processpriority", isUrgent(order) ? "stat" : "normal"));
        claim.addInsurance()
                .setSequence(1)
                .setFocal(true)
                .setCoverage(new Reference("Coverage/" + coverage.getIdPart()));
        claim.addItem(item(order));
        return claim;
    }

    private static ItemComponent item(ServiceRequest order) {
        if (order.getCode().getCoding().isEmpty()) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`order` does not say in codes what is to be done.",
                    "Complete the order in the EHR, and ask again.");
        }
        var item = new ItemComponent().setSequence(1).setProductOrService(order.getCode());
        item.addExtension(Pas.extension("serviceItemRequestType"), CoverageDesk.concept(Pas.x12("1525"), "HS"));
        item.addExtension(Pas.extension("certificationType"), CoverageDesk.concept(Pas.x12("1322"), "I"));
        item.addExtension(Pas.extension("requestedService"), new Reference("ServiceRequest/" + order.getIdPart()));
        order.getCategory().stream()
                .filter(category -> category.getCoding().stream()
                        .anyMatch(coding -> Pas.x12("1365").equals(coding.getSystem())))
                .findFirst()
                .ifPresent(item::setCategory);
        if (order.hasLocationCode()) {
            item.setLocation(order.getLocationCodeFirstRep());
        }
        if (order.hasOccurrenceDateTimeType()
                && order.getOccurrenceDateTimeType().getValueAsString().length() >= 10) {
            var day = order.getOccurrenceDateTimeType().getValueAsString().substring(0, 10);
            item.setServiced(new DateType(day));
        } else if (order.hasOccurrencePeriod()) {
            item.setServiced(order.getOccurrencePeriod());
        }
        return item;
    }

    private Reference provider(ServiceRequest order) {
        var asking = server.reference(order.getRequester());
        if (asking == null || !ASKING.contains(asking.type())) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`order` does not say who asks for it, which the payer must know.",
                    "Complete the order's requester in the EHR, and ask again.");
        }
        return new Reference(asking.type() + "/" + asking.id());
    }

    private static boolean isUrgent(ServiceRequest order) {
        return order.hasPriority()
                && switch (order.getPriority()) {
                    case URGENT, ASAP, STAT -> true;
                    default -> false;
                };
    }
}
