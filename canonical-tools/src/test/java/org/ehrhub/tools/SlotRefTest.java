package org.ehrhub.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.junit.jupiter.api.Test;

class SlotRefTest {
    private static final int SEAL = 12 + 16;
    private static final String LONGEST_NAME = "a".repeat(32);

    @Test
    void staysWithinWhatACallerMayPassBackEvenWhenSealed() {
        var slot = new SlotRef(LONGEST_NAME, "x".repeat(SlotRef.MAX_CONTENT));
        var sealed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new byte[slot.content().length() + SEAL]);

        assertThat(AppointmentTools.CREATE.inputSchema()).contains("\"maxLength\" : 1000");
        assertThat((slot.ehr() + "/slot/" + sealed).length()).isLessThanOrEqualTo(1000);
    }

    @Test
    void refusesContentThatWouldNotFitWhateverItsScript() {
        assertThatThrownBy(() -> new SlotRef("stmarys", "ü".repeat(SlotRef.MAX_CONTENT / 2 + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .isNotInstanceOf(InvalidArgument.class)
                .hasMessageNotContaining("ü");
    }
}
