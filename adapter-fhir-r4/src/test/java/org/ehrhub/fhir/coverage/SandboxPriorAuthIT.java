package org.ehrhub.fhir.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.fhir.Handlers.call;
import static org.ehrhub.fhir.Handlers.reconcile;
import static org.ehrhub.fhir.coverage.Calls.failure;
import static org.ehrhub.fhir.coverage.Calls.under;
import static org.ehrhub.fhir.coverage.Calls.value;

import java.math.BigDecimal;
import java.util.List;
import org.ehrhub.fhir.SandboxEhr;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.ClaimOutcome;
import org.ehrhub.tools.coverage.ClaimSubmit;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.coverage.PriorAuth;
import org.ehrhub.tools.coverage.PriorAuthCheck;
import org.ehrhub.tools.coverage.PriorAuthNeed;
import org.ehrhub.tools.coverage.PriorAuthStatus;
import org.ehrhub.tools.coverage.PriorAuthSubmit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The payer behind the sandbox's first site decides on requests and claims; behind the second nobody does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxPriorAuthIT {
    private final SandboxEhr atOnce = new SandboxEhr("stmarys", null);
    private final SandboxEhr later = new SandboxEhr("lakeside", null);

    @AfterAll
    void close() {
        atOnce.close();
        later.close();
    }

    @Test
    void asksWhetherAnAuthorisationIsNeeded() {
        assertThat(need("cpt|70551").needed()).isTrue();
        assertThat(need("cpt|70551").requirements()).isNotEmpty();
        assertThat(need("cpt|99213").needed()).isFalse();
        assertThat(failure(call(
                        atOnce.adapter(),
                        CoverageTools.PRIOR_AUTH_CHECK,
                        new PriorAuthCheck(Reference.parse("stmarys/Coverage/sm-1004-cov-1"), "cpt|70551"),
                        under("k"))))
                .isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(failure(call(
                        later.adapter(),
                        CoverageTools.PRIOR_AUTH_CHECK,
                        new PriorAuthCheck(Reference.parse("lakeside/Coverage/lk-1001-cov-1"), "cpt|70551"),
                        under("k"))))
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void followsAPendedRequestUntilItIsDecided() {
        ToolResult<PriorAuth> sent =
                call(atOnce.adapter(), CoverageTools.PRIOR_AUTH_SUBMIT, request("sm-1001", "sm-1001"), under("p1"));
        var pended = value(sent);
        assertThat(pended.decision()).isEqualTo("pended");
        assertThat(pended.items()).singleElement().satisfies(item -> {
            assertThat(item.sequence()).isEqualTo(1);
            assertThat(item.code()).isEqualTo("A4");
        });
        assertThat(reconcile(
                        atOnce.adapter(), CoverageTools.PRIOR_AUTH_SUBMIT, request("sm-1001", "sm-1001"), under("p1")))
                .hasValue(pended);

        assertThat(status(pended).decision()).isEqualTo("pended");
        var decided = status(pended);
        assertThat(decided.decision()).isEqualTo("approved");
        assertThat(decided.number()).startsWith("AUTH");
        assertThat(decided.ref()).isEqualTo(pended.ref());
    }

    @ParameterizedTest
    @CsvSource({"sm-1006, denied", "sm-1011, approved"})
    void tellsWhatThePayerDecided(String patient, String decision) {
        ToolResult<PriorAuth> sent = call(
                atOnce.adapter(),
                CoverageTools.PRIOR_AUTH_SUBMIT,
                request(patient, patient),
                under("p" + patient.substring(3)));

        assertThat(value(sent).decision()).isEqualTo(decision);
    }

    @Test
    void sendsNoRequestForAnotherPatientsOrder() {
        ToolResult<PriorAuth> sent =
                call(atOnce.adapter(), CoverageTools.PRIOR_AUTH_SUBMIT, request("sm-1001", "sm-1006"), under("p9"));

        assertThat(failure(sent)).isEqualTo(ErrorCode.INVALID_INPUT);
    }

    @Test
    void submitsAClaim() {
        ToolResult<ClaimOutcome> sent =
                call(atOnce.adapter(), CoverageTools.CLAIM, claim("sm-1001", "sm-1001"), under("c1"));

        var outcome = value(sent);
        assertThat(outcome.outcome()).isEqualTo("complete");
        assertThat(outcome.payment()).isEqualTo("200.00 USD");
        assertThat(outcome.claim()).isNotNull();
        assertThat(outcome.errors()).isEmpty();
        assertThat(reconcile(atOnce.adapter(), CoverageTools.CLAIM, claim("sm-1001", "sm-1001"), under("c1")))
                .hasValue(outcome);
        assertThat(failure(call(atOnce.adapter(), CoverageTools.CLAIM, claim("sm-1001", "sm-1006"), under("c2"))))
                .isEqualTo(ErrorCode.INVALID_INPUT);
    }

    private PriorAuthNeed need(String code) {
        ToolResult<PriorAuthNeed> told = call(
                atOnce.adapter(),
                CoverageTools.PRIOR_AUTH_CHECK,
                new PriorAuthCheck(Reference.parse("stmarys/Coverage/sm-1001-cov-1"), code),
                under("k"));
        return value(told);
    }

    private PriorAuth status(PriorAuth sent) {
        ToolResult<PriorAuth> told =
                call(atOnce.adapter(), CoverageTools.PRIOR_AUTH_STATUS, new PriorAuthStatus(sent.ref()), under("k"));
        return value(told);
    }

    private static PriorAuthSubmit request(String ordered, String covered) {
        return new PriorAuthSubmit(
                Reference.parse("stmarys/ServiceRequest/" + ordered + "-order-2"),
                Reference.parse("stmarys/Coverage/" + covered + "-cov-1"),
                "icd10cm|R07.9",
                2,
                "Chest pain since a week.",
                null,
                null);
    }

    private static ClaimSubmit claim(String visited, String covered) {
        return new ClaimSubmit(
                Reference.parse("stmarys/Encounter/" + visited + "-enc-0"),
                Reference.parse("stmarys/Coverage/" + covered + "-cov-1"),
                Reference.parse("stmarys/Organization/sm-org"),
                List.of("icd10cm|I10", "icd10cm|E11.9"),
                List.of(new ClaimSubmit.Item("cpt|99213", 2, new BigDecimal("125.00"), "USD")),
                null,
                null);
    }
}
