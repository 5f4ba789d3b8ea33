package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.ehrhub.adapters.Health;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The promises every adapter keeps for the tools it registers; a test class extends it for each EHR the adapter is tried
 * on. Promises about tools that are not registered are skipped.
 */
public abstract class AdapterContract extends SchedulingPromises {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    @AfterEach
    void recover() {
        ehr().recover();
    }

    @Test
    void saysThatTheEhrIsUp() {
        assertThat(ehr().adapter().probe(SOON)).isEqualTo(new Health.Up());
    }

    @Test
    void saysThatAnEhrThatIsDownIsUnavailable() {
        var patient = some().getFirst().patient();
        ehr().down();

        assertThat(ContractCalls.code(calls().read(PatientTools.GET, new PatientGet(patient))))
                .isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(ehr().adapter().probe(SOON)).isInstanceOf(Health.Down.class);
        ehr().recover();
        assertThat(calls().read(PatientTools.GET, new PatientGet(patient))).isInstanceOf(ToolResult.Ok.class);
    }

    @Test
    void endsACallOnAnEhrThatHangs() throws InterruptedException {
        var patient = some().getFirst().patient();
        var result = new AtomicReference<ToolResult<Patient>>();
        ehr().hang();

        var calling = Thread.ofVirtual()
                .start(() -> result.set(calls().read(PatientTools.GET, new PatientGet(patient), SHORT)));
        // The hub interrupts what has not ended by itself at the deadline.
        if (!calling.join(SHORT.multipliedBy(3))) {
            calling.interrupt();
        }

        assertThat(calling.join(SOON)).isTrue();
        assertThat(ContractCalls.code(result.get())).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
    }
}
