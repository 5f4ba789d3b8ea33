package org.ehrhub.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.policy.IdempotencyLedger.key;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdempotencyLedgerTest {
    @Test
    void aCallersKeyGivesTheSameKeyInEveryCall() {
        assertThat(key("ann", "appointment.create", "stmarys", "k1", "call-1"))
                .isEqualTo(key("ann", "appointment.create", "stmarys", "k1", "call-2"));
    }

    @Test
    void withoutACallersKeyItIsOfOneCallAlone() {
        assertThat(key("ann", "appointment.create", "stmarys", null, "call-1"))
                .isNotEqualTo(key("ann", "appointment.create", "stmarys", null, "call-2"));
    }

    @Test
    void differsByPrincipalToolEhrAndKey() {
        assertThat(Stream.of(
                        key("ann", "appointment.create", "stmarys", "k1", "c"),
                        key("bob", "appointment.create", "stmarys", "k1", "c"),
                        key("ann", "appointment.cancel", "stmarys", "k1", "c"),
                        key("ann", "appointment.create", "lakeside", "k1", "c"),
                        key("ann", "appointment.create", "stmarys", "k2", "c")))
                .doesNotHaveDuplicates();
    }

    @Test
    void aCallersKeyIsNeverTakenForACallsId() {
        assertThat(key("ann", "appointment.create", "stmarys", "call-1", "call-2"))
                .isNotEqualTo(key("ann", "appointment.create", "stmarys", null, "call-1"));
    }

    @Test
    void fitsTheFieldOfAnEhr() {
        assertThat(key("ann", "appointment.create", "stmarys", "a key with spaces/and ü", "c"))
                .matches("[0-9a-f]{64}");
    }
}
