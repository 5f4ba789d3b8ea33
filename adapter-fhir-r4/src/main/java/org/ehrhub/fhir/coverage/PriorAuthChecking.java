package org.ehrhub.fhir.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.PriorAuthCheck;
import org.ehrhub.tools.coverage.PriorAuthNeed;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse.InsuranceComponent;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse.ItemsComponent;
import org.hl7.fhir.r4.model.Enumerations.RemittanceOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** {@code priorauth.check}: asked only where the payer answers at once, so that nothing has to be kept. */
public final class PriorAuthChecking {
    private final FhirServer server;
    private final CoverageDesk desk;
    private final EligibilityDraft drafts;
    private final EligibilityRecords records;

    /** Questions through this server. */
    public PriorAuthChecking(FhirServer server) {
        this.server = server;
        this.desk = new CoverageDesk(server);
        this.drafts = new EligibilityDraft(desk);
        this.records = new EligibilityRecords(server);
    }

    /** Asks whether a service needs prior authorisation under a coverage. */
    public ToolResult<PriorAuthNeed> check(PriorAuthCheck input, CallContext call) {
        CoverageDesk.code(input.code(), "code");
        var coverage = desk.coverage(input.coverage(), call);
        var draft = drafts.authorisation(coverage, input);
        var answer = server.operation("CoverageEligibilityRequest/$submit", draft, false, Resource.class, call);
        var response = PayerAnswer.all(answer, CoverageEligibilityResponse.class).stream()
                .filter(EligibilityMail::isFinal)
                .findFirst()
                .orElseThrow(PriorAuthChecking::notYet);
        desk.mustBeAbout(response.getPatient(), desk.patient(coverage));
        desk.mustBeClear(response);
        PayerErrors.raise(EligibilityMail.errors(response));
        var items = records.insurance(response, input.coverage()).stream()
                .filter(said -> response.getOutcome() != RemittanceOutcome.ERROR)
                .flatMap(said -> items(said, CodeToken.parse(input.code(), "code")))
                .toList();
        var need = new PriorAuthNeed(
                needed(items),
                EligibilityRecords.outcome(response),
                requirements(items),
                response.getDisposition(),
                desk.patient(coverage));
        return new ToolResult.Ok<>(need, server.provenance(null));
    }

    /** The items about the code; all where none names a code. */
    private static Stream<ItemsComponent> items(InsuranceComponent said, CodeToken code) {
        boolean coded = said.getItem().stream().anyMatch(ItemsComponent::hasProductOrService);
        return said.getItem().stream()
                .filter(item -> !coded
                        || item.getProductOrService().getCoding().stream()
                                .anyMatch(coding -> code.fits(coding.getSystem(), coding.getCode())));
    }

    private static @Nullable Boolean needed(List<ItemsComponent> items) {
        var said = items.stream()
                .filter(ItemsComponent::hasAuthorizationRequired)
                .map(ItemsComponent::getAuthorizationRequired)
                .toList();
        return said.isEmpty() ? null : said.contains(true);
    }

    private static List<String> requirements(List<ItemsComponent> items) {
        var wanted = new ArrayList<String>();
        for (var item : items) {
            item.getAuthorizationSupporting().stream()
                    .map(Words::of)
                    .filter(Objects::nonNull)
                    .forEach(wanted::add);
            if (item.hasAuthorizationUrl()) {
                wanted.add(item.getAuthorizationUrl());
            }
        }
        return wanted.stream().distinct().toList();
    }

    private static EhrFailure notYet() {
        return new EhrFailure(
                ErrorCode.EHR_UNAVAILABLE,
                "The payer did not answer at once.",
                "Try again later, or ask the payer by other means.");
    }
}
