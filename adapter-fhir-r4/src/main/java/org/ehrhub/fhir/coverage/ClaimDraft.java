package org.ehrhub.fhir.coverage;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.coverage.ClaimSubmit;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Claim.ClaimStatus;
import org.hl7.fhir.r4.model.Claim.ItemComponent;
import org.hl7.fhir.r4.model.Claim.Use;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/** Professional claims (FHIR R4, 13.7). The diagnoses are those of every item, for the caller gives them for the visit. */
final class ClaimDraft {
    private static final String HL7 = "http://terminology.hl7.org/CodeSystem/";
    private static final int DAY = 10;

    private final CoverageDesk desk;

    ClaimDraft(CoverageDesk desk) {
        this.desk = desk;
    }

    /**
     * What a caller's arguments say in themselves.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when a code has no system, or amounts are in several currencies
     */
    static void check(ClaimSubmit input) {
        input.diagnoses().forEach(code -> CoverageDesk.code(code, "diagnoses"));
        input.items().forEach(item -> CoverageDesk.code(item.code(), "items"));
        if (input.items().stream().map(ClaimSubmit.Item::currency).distinct().count() > 1) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`items` has amounts in more than one currency.",
                    "Submit a claim for each currency.");
        }
    }

    /** The claim for a visit. */
    Claim claim(ClaimSubmit input, Encounter visit, Coverage coverage) {
        var claim = new Claim()
                .setStatus(ClaimStatus.ACTIVE)
                .setType(CoverageDesk.concept(HL7 + "claim-type", "professional"))
                .setUse(Use.CLAIM)
                .setPatient(new Reference("Patient/" + desk.patient(coverage).id()))
                .setCreatedElement(desk.now())
                .setInsurer(desk.payer(coverage))
                .setProvider(new Reference(
                        input.provider().type() + "/" + input.provider().id()))
                .setPriority(CoverageDesk.concept(HL7 + "processpriority", "normal"));
        if (visit.hasPeriod()) {
            claim.setBillablePeriod(visit.getPeriod().copy());
        }
        claim.addInsurance()
                .setSequence(1)
                .setFocal(true)
                .setCoverage(new Reference("Coverage/" + coverage.getIdPart()));
        diagnoses(claim, input.diagnoses());
        input.items().forEach(item -> claim.addItem(item(item, claim, visit)));
        return claim.setTotal(money(
                claim.getItem().stream().map(item -> item.getNet().getValue()).reduce(BigDecimal.ZERO, BigDecimal::add),
                input.items().getFirst().currency()));
    }

    private static void diagnoses(Claim claim, List<String> codes) {
        for (var code : codes) {
            var diagnosis = claim.addDiagnosis()
                    .setSequence(claim.getDiagnosis().size())
                    .setDiagnosis(CoverageDesk.code(code, "diagnoses"));
            if (claim.getDiagnosis().size() == 1) {
                diagnosis.addType(CoverageDesk.concept(HL7 + "ex-diagnosistype", "principal"));
            }
        }
    }

    private static ItemComponent item(ClaimSubmit.Item wanted, Claim claim, Encounter visit) {
        var item = new ItemComponent()
                .setSequence(claim.getItem().size() + 1)
                .setProductOrService(CoverageDesk.code(wanted.code(), "items"))
                .setQuantity(new Quantity(wanted.quantity()))
                .setUnitPrice(money(wanted.amount(), wanted.currency()))
                .setNet(money(wanted.amount().multiply(BigDecimal.valueOf(wanted.quantity())), wanted.currency()))
                .addEncounter(new Reference("Encounter/" + visit.getIdPart()))
                .setDiagnosisSequence(
                        IntStream.rangeClosed(1, claim.getDiagnosis().size())
                                .mapToObj(PositiveIntType::new)
                                .toList());
        var start = visit.getPeriod().getStartElement().getValueAsString();
        if (start != null && start.length() >= DAY) {
            item.setServiced(new DateType(start.substring(0, DAY)));
        }
        return item;
    }

    private static Money money(BigDecimal amount, String currency) {
        return new Money().setValue(amount).setCurrency(currency);
    }
}
