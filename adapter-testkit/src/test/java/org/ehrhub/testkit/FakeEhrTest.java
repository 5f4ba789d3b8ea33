package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Set;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientGet;
import org.junit.jupiter.api.Test;

/** What only the fake does; the rest is held by {@link FakeEhrContractTest}. */
class FakeEhrTest {
    private final FakeEhr ehr = FakeEhr.named("alpha").withPatient("p1", "Hill", "Ada", "1948-03-21");

    @Test
    void notesTheCallsThatArrive() {
        get();

        assertThat(ehr.calls()).extracting(FakeEhr.Call::tool).containsExactly("patient.get");
        assertThat(ehr.calls("patient.get")).isOne();
    }

    @Test
    void throwsWhatItIsToldTo() {
        ehr.throwsText("Ada Hill is here");

        assertThatThrownBy(this::get).isInstanceOf(IllegalStateException.class).hasMessage("Ada Hill is here");
    }

    @Test
    void answersAgainOnceRecovered() {
        ehr.down().recover();

        assertThat(get()).isInstanceOf(ToolResult.Ok.class);
    }

    @SuppressWarnings("unchecked")
    private ToolResult<Patient> get() {
        var handler = (ToolHandler<PatientGet, Patient>)
                ehr.handlers().find("patient.get").orElseThrow().handler();
        return handler.handle(
                new PatientGet(Reference.parse("alpha/Patient/p1")),
                new CallContext("call-1", new Caller("test", Set.of()), Instant.MAX));
    }
}
