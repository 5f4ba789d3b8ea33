package org.ehrhub.tools.patients;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressTest {
    @Test
    void takesAnAddressOfACaller() {
        assertThatCode(() -> update(List.of("1 Mill Lane"), "Boston", "home")).doesNotThrowAnyException();
    }

    @Test
    void refusesALineThatWouldBreakAMessage() {
        refuses(List.of("1 Mill Lane\rPID|1"), "Boston", null);
        refuses(List.of("1 Mill Lane"), "Bos\nton", null);
    }

    @Test
    void refusesAnAddressThatHoldsNothingOrTooMuch() {
        refuses(List.of(), null, "home");
        refuses(Collections.nCopies(6, "1 Mill Lane"), null, null);
        refuses(List.of("x".repeat(201)), null, null);
    }

    @Test
    void refusesAnUnknownUse() {
        refuses(List.of("1 Mill Lane"), null, "holiday");
    }

    private static void refuses(List<String> lines, @Nullable String city, @Nullable String use) {
        assertThatThrownBy(() -> update(lines, city, use))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("`address`");
    }

    private static PatientUpdate update(List<String> lines, @Nullable String city, @Nullable String use) {
        var address = new Address(lines, city, null, null, null, use);
        return new PatientUpdate(
                Reference.parse("alpha/Patient/p1"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                address,
                null,
                null,
                null,
                null);
    }
}
