package org.ehrhub.sandbox.payer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** The payer's ClaimResponses, with the review of each item as Da Vinci PAS writes it. */
final class Decisions {
    private static final String PAS = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/";
    private static final String ACTION = PAS + "extension-reviewAction";
    private static final String CODE = PAS + "extension-reviewActionCode";
    private static final String HL7 = "http://terminology.hl7.org/CodeSystem/";

    private final Records records;
    private final AtomicInteger lastNumber = new AtomicInteger(1000);

    Decisions(Records records) {
        this.records = records;
    }

    /** A decision on every item; nobody whose coverage is not in force gets anything. */
    ClaimResponse onPriorAuthorization(Claim claim, Membership member) {
        var response = started(claim, member).setUse(ClaimResponse.Use.PREAUTHORIZATION);
        if (!member.reject().isEmpty()) {
            return rejected(response, member);
        }
        for (var item : claim.getItem()) {
            var review = member.inForce() ? Review.of(item.getProductOrService()) : Review.NOT_CERTIFIED;
            var action = response.addItem()
                    .setItemSequence(item.getSequence())
                    .addAdjudication()
                    .setCategory(hl7("adjudication", "submitted"))
                    .addExtension();
            action.setUrl(ACTION);
            action.addExtension(new Extension(CODE, new CodeableConcept(review.coding())));
            if (review.authorises()) {
                numbered(response, action);
            }
        }
        return response;
    }

    /** A claim is accepted and four fifths of it are paid, when coverage is in force. */
    ClaimResponse onClaim(Claim claim, Membership member) {
        var response = started(claim, member).setUse(ClaimResponse.Use.CLAIM);
        if (!member.reject().isEmpty()) {
            return rejected(response, member);
        }
        var submitted = claim.getItem().stream()
                .map(item -> item.getNet().getValue())
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var paid = member.inForce()
                ? submitted.multiply(new BigDecimal("0.80")).setScale(2, RoundingMode.HALF_UP)
                : BigDecimal.ZERO;
        String currency = claim.getItemFirstRep().getNet().getCurrency();
        response.addTotal().setCategory(hl7("adjudication", "submitted")).setAmount(money(submitted, currency));
        response.addTotal().setCategory(hl7("adjudication", "benefit")).setAmount(money(paid, currency));
        if (paid.signum() > 0) {
            response.getPayment().setType(hl7("ex-paymenttype", "complete")).setAmount(money(paid, currency));
        }
        return response.setDisposition(member.inForce() ? "Claim accepted" : "Coverage is not in force");
    }

    static boolean isPended(ClaimResponse response) {
        return actions(response).anyMatch(Decisions::isPended);
    }

    /** The next version of a response, its pended items certified. */
    ClaimResponse certified(ClaimResponse pended) {
        var response = pended.copy();
        actions(response).filter(Decisions::isPended).forEach(action -> {
            action.getExtensionsByUrl(CODE).getFirst().setValue(new CodeableConcept(Review.CERTIFIED.coding()));
            numbered(response, action);
        });
        return response;
    }

    private static Stream<Extension> actions(ClaimResponse response) {
        return response.getItem().stream()
                .flatMap(item -> item.getAdjudication().stream())
                .flatMap(adjudication -> adjudication.getExtensionsByUrl(ACTION).stream());
    }

    private static boolean isPended(Extension action) {
        return ((CodeableConcept) action.getExtensionByUrl(CODE).getValue())
                .hasCoding(
                        Review.PENDED.coding().getSystem(),
                        Review.PENDED.coding().getCode());
    }

    /** The authorisation number of the whole response and of this item. */
    private void numbered(ClaimResponse response, Extension action) {
        if (!response.hasPreAuthRef()) {
            response.setPreAuthRef("AUTH" + lastNumber.incrementAndGet());
        }
        action.addExtension(new Extension("number", new StringType(response.getPreAuthRef())));
    }

    private ClaimResponse started(Claim claim, Membership member) {
        return new ClaimResponse()
                .setStatus(ClaimResponse.ClaimResponseStatus.ACTIVE)
                .setType(claim.getType())
                .setPatient(claim.getPatient())
                .setCreatedElement(new DateTimeType(records.now().toString()))
                .setInsurer(member.coverage().getPayorFirstRep())
                .setRequestor(claim.getProvider())
                .setRequest(new Reference("Claim/" + claim.getIdPart()))
                .setOutcome(ClaimResponse.RemittanceOutcome.COMPLETE);
    }

    private static ClaimResponse rejected(ClaimResponse response, Membership member) {
        response.addError().setCode(member.error());
        return response.setOutcome(ClaimResponse.RemittanceOutcome.ERROR)
                .setDisposition("The payer rejected the request");
    }

    private static CodeableConcept hl7(String system, String code) {
        return new CodeableConcept(new Coding().setSystem(HL7 + system).setCode(code));
    }

    private static Money money(BigDecimal amount, String currency) {
        return new Money().setValue(amount).setCurrency(currency);
    }
}
