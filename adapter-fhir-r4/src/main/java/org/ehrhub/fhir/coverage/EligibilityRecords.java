package org.ehrhub.fhir.coverage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.coverage.Eligibility;
import org.ehrhub.tools.coverage.Eligibility.Benefit;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse.BenefitComponent;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse.InsuranceComponent;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse.ItemsComponent;
import org.hl7.fhir.r4.model.Enumerations.RemittanceOutcome;
import org.jspecify.annotations.Nullable;

/** A payer's word on coverage (FHIR R4, 13.3) in the hub's form. */
final class EligibilityRecords {
    private final FhirServer server;

    EligibilityRecords(FhirServer server) {
        this.server = server;
    }

    /**
     * What a payer said of one coverage. An answer that is an error says nothing of it, whatever else it holds.
     *
     * @param service only benefits of this service type; of any where there is none
     */
    Eligibility eligibility(
            CoverageEligibilityResponse source, Reference coverage, Reference patient, @Nullable String service) {
        var insurance = insurance(source, coverage).filter(said -> source.getOutcome() != RemittanceOutcome.ERROR);
        return new Eligibility(
                FhirId.reference(server.ehr(), source),
                insurance
                        .filter(InsuranceComponent::hasInforce)
                        .map(InsuranceComponent::getInforce)
                        .orElse(null),
                outcome(source),
                source.getDisposition(),
                insurance.map(said -> Words.start(said.getBenefitPeriod())).orElse(null),
                insurance.map(said -> Words.end(said.getBenefitPeriod())).orElse(null),
                insurance.stream()
                        .flatMap(said -> said.getItem().stream())
                        .filter(item -> service == null || isOf(item, service))
                        .flatMap(EligibilityRecords::benefits)
                        .toList(),
                patient);
    }

    /** What a payer said of one coverage; of its only one where it names none that is known here. */
    Optional<InsuranceComponent> insurance(CoverageEligibilityResponse source, Reference coverage) {
        return source.getInsurance().stream()
                .filter(said -> {
                    var named = server.reference(said.getCoverage());
                    return named == null ? source.getInsurance().size() == 1 : named.equals(coverage);
                })
                .findFirst();
    }

    static String outcome(CoverageEligibilityResponse source) {
        return source.getOutcome() == null ? "error" : source.getOutcome().toCode();
    }

    private static boolean isOf(ItemsComponent item, String service) {
        var wanted = CodeToken.parse(service, "service");
        return Stream.of(item.getCategory(), item.getProductOrService())
                .map(CodeableConcept::getCoding)
                .flatMap(List::stream)
                .anyMatch(coding -> wanted.fits(coding.getSystem(), coding.getCode()));
    }

    /** One for each benefit of an item; one for an item that names none. */
    private static Stream<Benefit> benefits(ItemsComponent item) {
        return item.hasBenefit()
                ? item.getBenefit().stream().map(benefit -> benefit(item, benefit))
                : Stream.of(benefit(item, new BenefitComponent()));
    }

    private static Benefit benefit(ItemsComponent item, BenefitComponent benefit) {
        return new Benefit(
                Stream.of(Words.of(item.getCategory()), Words.of(item.getProductOrService()), item.getName())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                Words.code(item.getNetwork()),
                Words.code(item.getUnit()),
                Words.of(benefit.getType()),
                Words.amount(benefit.getAllowed()),
                Words.amount(benefit.getUsed()),
                (item.hasExcluded() && item.getExcluded()) ? true : null,
                item.hasAuthorizationRequired() ? item.getAuthorizationRequired() : null);
    }
}
