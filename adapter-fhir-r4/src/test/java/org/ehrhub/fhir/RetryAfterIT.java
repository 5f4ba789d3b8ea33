package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that says when it may be asked again. */
class RetryAfterIT {
    private static final PatientGet PATIENT = new PatientGet(Reference.parse("alpha/Patient/p1"));

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @CsvSource({
        "30, Try again after 30 seconds.",
        "1, Try again after 1 second.",
        "0, Try again later.",
        "-5, Try again later.",
        "3600, Try again after 3600 seconds.",
        "86400, The EHR wants no request for more than an hour; try again later than that.",
        "99999999999999999999, The EHR wants no request for more than an hour; try again later than that.",
        "Ada Hill, Try again later."
    })
    void saysWhenAnEhrMayBeAskedAgainAndDoesNotWaitForIt(String header, String hint) {
        var started = Instant.now();
        for (int status : new int[] {429, 503}) {
            ehr.server().answers(request -> new Answer(status, "").with("Retry-After", header));

            var result = ehr.call(PatientTools.GET, PATIENT);

            assertThat(result)
                    .isInstanceOfSatisfying(
                            ToolResult.Failed.class,
                            failed -> assertThat(failed.hint()).isEqualTo(hint));
            assertThat(ScriptedEhr.code(result))
                    .isEqualTo(status == 429 ? ErrorCode.RATE_LIMITED : ErrorCode.EHR_UNAVAILABLE);
        }
        assertThat(ehr.server().requests()).hasSize(2);
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void understandsADateToTryAgainAt() {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(600).atOffset(ZoneOffset.UTC));
        ehr.server().answers(request -> new Answer(429, "").with("Retry-After", date));

        var result = (ToolResult.Failed<?>) (ToolResult<?>) ehr.call(PatientTools.GET, PATIENT);

        assertThat(result.hint()).matches("Try again after (59\\d|600) seconds\\.");
    }
}
