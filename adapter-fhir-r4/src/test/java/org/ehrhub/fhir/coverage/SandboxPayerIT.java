package org.ehrhub.fhir.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.fhir.Handlers.call;
import static org.ehrhub.fhir.Handlers.reconcile;
import static org.ehrhub.fhir.coverage.Calls.failure;
import static org.ehrhub.fhir.coverage.Calls.under;
import static org.ehrhub.fhir.coverage.Calls.value;

import java.time.Duration;
import org.ehrhub.fhir.SandboxEhr;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.Coverage;
import org.ehrhub.tools.coverage.CoverageList;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.coverage.Eligibility;
import org.ehrhub.tools.coverage.EligibilityCheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The payers behind the sandbox's two sites: one answers at once, the other when it is asked again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxPayerIT {
    private final SandboxEhr atOnce = new SandboxEhr("stmarys", null);
    private final SandboxEhr later = new SandboxEhr("lakeside", null);

    @AfterAll
    void close() {
        atOnce.close();
        later.close();
    }

    @Test
    void listsTheInsuranceOnFile() {
        ToolResult<Page<Coverage>> listed = call(
                atOnce.adapter(),
                CoverageTools.LIST,
                new CoverageList(Reference.parse("stmarys/Patient/sm-1001"), "active", null, null),
                under("k1"));

        assertThat(value(listed).items()).singleElement().satisfies(row -> {
            assertThat(row.ref()).hasToString("stmarys/Coverage/sm-1001-cov-1");
            assertThat(row.status()).isEqualTo("active");
            assertThat(row.payer().name()).isEqualTo("Example Health Plan");
            assertThat(row.memberId()).startsWith("M");
            assertThat(row.subscriber()).isNull();
            assertThat(row.relationship()).isEqualTo("self");
            assertThat(row.plan()).isEqualTo("Example Plan");
            assertThat(row.group()).isEqualTo("Example Group");
            assertThat(row.subject()).hasToString("stmarys/Patient/sm-1001");
        });
    }

    @Test
    void leavesOutInsuranceOfAnotherStatus() {
        ToolResult<Page<Coverage>> listed = call(
                atOnce.adapter(),
                CoverageTools.LIST,
                new CoverageList(Reference.parse("stmarys/Patient/sm-1002"), "active", null, null),
                under("k1"));

        assertThat(value(listed).items()).isEmpty();
        assertThat(value(listed).complete()).isTrue();
    }

    @Test
    void asksAPayerThatAnswersAtOnce() {
        ToolResult<Eligibility> told = call(
                atOnce.adapter(),
                CoverageTools.ELIGIBILITY,
                check("stmarys/Coverage/sm-1001-cov-1", "30"),
                under("e1"));

        var eligibility = value(told);
        assertThat(eligibility.inForce()).isTrue();
        assertThat(eligibility.outcome()).isEqualTo("complete");
        assertThat(eligibility.ref()).isNotNull();
        assertThat(eligibility.start()).isNotNull();
        assertThat(eligibility.subject()).hasToString("stmarys/Patient/sm-1001");
        assertThat(eligibility.benefits())
                .anySatisfy(benefit -> {
                    assertThat(benefit.type()).isEqualTo("deductible");
                    assertThat(benefit.allowed()).isEqualTo("1500.00 USD");
                    assertThat(benefit.used()).isEqualTo("350.25 USD");
                    assertThat(benefit.network()).isEqualTo("in");
                    assertThat(benefit.unit()).isEqualTo("individual");
                })
                .anySatisfy(benefit -> {
                    assertThat(benefit.type()).isEqualTo("visit");
                    assertThat(benefit.allowed()).isEqualTo("20");
                });
        assertThat(reconcile(
                        atOnce.adapter(),
                        CoverageTools.ELIGIBILITY,
                        check("stmarys/Coverage/sm-1001-cov-1", "30"),
                        under("e1")))
                .hasValue(eligibility);
    }

    @Test
    void doesNotAskAgainUnderTheSameKey() {
        var check = check("stmarys/Coverage/sm-1001-cov-1", null);
        ToolResult<Eligibility> first = call(atOnce.adapter(), CoverageTools.ELIGIBILITY, check, under("e2"));
        ToolResult<Eligibility> second = call(atOnce.adapter(), CoverageTools.ELIGIBILITY, check, under("e2"));

        assertThat(value(second)).isEqualTo(value(first));
    }

    @Test
    void saysThatCancelledCoverageIsNotInForceOnlyAsThePayerDoes() {
        ToolResult<Eligibility> told = call(
                atOnce.adapter(),
                CoverageTools.ELIGIBILITY,
                check("stmarys/Coverage/sm-1002-cov-1", null),
                under("e3"));

        assertThat(value(told).inForce()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"sm-1003, NOT_FOUND", "sm-1004, EHR_UNAVAILABLE", "sm-1005, NOT_FOUND"})
    void callsNobodyInactiveWhomThePayerDoesNotFind(String patient, ErrorCode code) {
        ToolResult<Eligibility> told = call(
                atOnce.adapter(),
                CoverageTools.ELIGIBILITY,
                check("stmarys/Coverage/" + patient + "-cov-1", null),
                under("f" + patient.substring(3)));

        assertThat(failure(told)).isEqualTo(code);
    }

    @Test
    void waitsForAPayerThatAnswersLater() {
        ToolResult<Eligibility> told = call(
                later.adapter(),
                CoverageTools.ELIGIBILITY,
                check("lakeside/Coverage/lk-1001-cov-1", null),
                under("l1"));

        assertThat(value(told).inForce()).isTrue();
    }

    @Test
    void saysPendingWhenThereIsNoTimeToWaitAndGoesOnWhenCalledAgain() {
        var check = check("lakeside/Coverage/lk-1001-cov-1", null);
        ToolResult<Eligibility> first =
                call(later.adapter(), CoverageTools.ELIGIBILITY, check, Calls.within("l2", Duration.ofMillis(1200)));
        assertThat(first)
                .isInstanceOfSatisfying(
                        ToolResult.Pending.class,
                        pending -> assertThat(pending.reference()).startsWith("lakeside/CoverageEligibilityRequest/"));

        ToolResult<Eligibility> second = call(later.adapter(), CoverageTools.ELIGIBILITY, check, under("l2"));

        assertThat(value(second).inForce()).isTrue();
        assertThat(reconcile(later.adapter(), CoverageTools.ELIGIBILITY, check, under("l2")))
                .hasValue(value(second));
        assertThat(reconcile(later.adapter(), CoverageTools.ELIGIBILITY, check, under("l3")))
                .isEmpty();
    }

    @Test
    void letsTheSameKeyAskAgainAfterAPayerThatCouldNotAnswer() {
        var check = check("lakeside/Coverage/lk-1004-cov-1", null);
        ToolResult<Eligibility> first = call(later.adapter(), CoverageTools.ELIGIBILITY, check, under("l4"));
        ToolResult<Eligibility> second =
                call(later.adapter(), CoverageTools.ELIGIBILITY, check, Calls.within("l4", Duration.ofMillis(1200)));

        assertThat(failure(first)).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(second).isInstanceOf(ToolResult.Pending.class);
    }

    private static EligibilityCheck check(String coverage, @Nullable String service) {
        return new EligibilityCheck(Reference.parse(coverage), service, null, null, null);
    }
}
