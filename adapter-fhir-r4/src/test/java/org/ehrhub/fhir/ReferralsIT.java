package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.orders.Order;
import org.ehrhub.tools.orders.OrderTools;
import org.ehrhub.tools.orders.ReferralSubmit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be submitted as a referral, and what not. */
class ReferralsIT {
    private static final ReferralSubmit SUBMIT =
            new ReferralSubmit(Reference.parse("alpha/ServiceRequest/r1"), null, null, null);

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void saysThatAReferralIsActiveAlreadyAndWritesNothing() {
        holds(referral("active"));

        ToolResult<Order> result = ehr.call(OrderTools.SUBMIT_REFERRAL, SUBMIT);

        assertThat(Handlers.ok(result).value().status()).isEqualTo("active");
        assertThat(Handlers.ok(result).warnings()).asString().contains("nothing was changed");
        assertThat(ehr.reconcile(OrderTools.SUBMIT_REFERRAL, SUBMIT)).isPresent();
        wroteNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-hold", "revoked", "completed", "unknown"})
    void submitsNoReferralThatIsNoDraftAnyMore(String status) {
        holds(referral(status));

        assertThat(ScriptedEhr.code(ehr.call(OrderTools.SUBMIT_REFERRAL, SUBMIT)))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(ehr.reconcile(OrderTools.SUBMIT_REFERRAL, SUBMIT)).isEmpty();
        wroteNothing();
    }

    @Test
    void submitsNoReferralThatWasEnteredInError() {
        holds(referral("entered-in-error"));

        assertThat(ScriptedEhr.code(ehr.call(OrderTools.SUBMIT_REFERRAL, SUBMIT)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        wroteNothing();
    }

    @Test
    void submitsNoOrderThatIsNoReferral() {
        holds(referral("draft").replace("3457005", "108252007"));

        ToolResult<Order> result = ehr.call(OrderTools.SUBMIT_REFERRAL, SUBMIT);

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(result.toString()).contains("`referral`");
        wroteNothing();
    }

    static String referral(String status) {
        return """
                "status":"%s","intent":"order","subject":{"reference":"Patient/p1"},
                "category":[{"coding":[{"system":"http://snomed.info/sct","code":"3457005"}]}]""".formatted(status);
    }

    private void holds(String rest) {
        ehr.server().answers(request -> new Answer(200, """
                {"resourceType":"ServiceRequest","id":"r1","meta":{"versionId":"3"},%s}""".formatted(rest)));
    }

    private void wroteNothing() {
        assertThat(ehr.server().requests())
                .allSatisfy(one -> assertThat(one.method()).isEqualTo("GET"));
    }
}
