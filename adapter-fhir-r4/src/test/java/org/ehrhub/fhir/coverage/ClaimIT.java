package org.ehrhub.fhir.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.fhir.Handlers.call;
import static org.ehrhub.fhir.coverage.Calls.failure;
import static org.ehrhub.fhir.coverage.Calls.under;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.ClaimOutcome;
import org.ehrhub.tools.coverage.ClaimSubmit;
import org.ehrhub.tools.coverage.CoverageTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Claims as they are sent. */
class ClaimIT {
    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void saysThatAClaimIsPendingWhileThePayerHasNotAnswered() {
        ChartRecords.given(ehr, request -> {
            if (request.target().endsWith("$submit")) {
                return new Answer(404, "{}");
            }
            return request.method().equals("POST")
                    ? new Answer(201, "", ehr.server().url("/fhir/Claim/cl1").toString())
                    : ChartRecords.nothing();
        });

        ToolResult<ClaimOutcome> told =
                call(ehr.adapter(), CoverageTools.CLAIM, claim("USD"), Calls.within("k1", Duration.ofMillis(1500)));

        assertThat(told).isEqualTo(new ToolResult.Pending<ClaimOutcome>("alpha/Claim/cl1"));
        assertThat(ehr.server().requests())
                .filteredOn(request -> request.headers().containsKey("if-none-exist"))
                .singleElement()
                .extracting(Request::body)
                .asString()
                .contains(
                        "\"use\":\"claim\"",
                        "\"unitPrice\":{\"value\":12.50,\"currency\":\"USD\"}",
                        "\"net\":{\"value\":25.00,\"currency\":\"USD\"}",
                        "\"total\":{\"value\":26.00,\"currency\":\"USD\"}",
                        "\"diagnosisSequence\":[1]",
                        "\"encounter\":[{\"reference\":\"Encounter/v1\"}]",
                        "\"servicedDate\":\"2026-03-01\"");
    }

    @Test
    void refusesAClaimInTwoCurrenciesOrWithACodeOfNoSystem() {
        assertThat(failure(call(ehr.adapter(), CoverageTools.CLAIM, claim("EUR"), under("k"))))
                .isEqualTo(ErrorCode.INVALID_INPUT);
        var bare = new ClaimSubmit(
                Reference.parse("alpha/Encounter/v1"),
                Reference.parse("alpha/Coverage/c1"),
                Reference.parse("alpha/Organization/org"),
                List.of("I10"),
                claim("USD").items(),
                null,
                null);
        assertThat(failure(call(ehr.adapter(), CoverageTools.CLAIM, bare, under("k"))))
                .isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(ehr.server().requests()).isEmpty();
    }

    private static ClaimSubmit claim(String secondCurrency) {
        return new ClaimSubmit(
                Reference.parse("alpha/Encounter/v1"),
                Reference.parse("alpha/Coverage/c1"),
                Reference.parse("alpha/Organization/org"),
                List.of("icd10cm|I10"),
                List.of(
                        new ClaimSubmit.Item("cpt|99213", 2, new BigDecimal("12.50"), "USD"),
                        new ClaimSubmit.Item("cpt|36415", 1, new BigDecimal("1.00"), secondCurrency)),
                null,
                null);
    }
}
