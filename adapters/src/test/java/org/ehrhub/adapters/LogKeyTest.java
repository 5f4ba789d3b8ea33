package org.ehrhub.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogKeyTest {
    @ParameterizedTest
    @EnumSource
    void takesNoPatientsData(LogKey key) {
        assertThat(key.shown("Ada Hill, born 1948-03-21\n+1 555 0100")).isEqualTo("?");
        assertThat(key.shown("Ærøskøbing")).isEqualTo("?");
        assertThat(LogKey.of(key.word())).contains(key);
    }

    @Test
    void showsWhatHasItsForm() {
        assertThat(LogKey.CALL.shown("a5d7df03-40f0-4a13-996d-b317ee85a241.2")).endsWith(".2");
        assertThat(LogKey.STATUS.shown(503)).isEqualTo("503");
        assertThat(LogKey.FAULT.shown("java.lang.IllegalStateException at org.ehrhub.A$B.<init>(A.java:7)"))
                .contains("A.java:7");
        assertThat(LogKey.of("patient")).isEmpty();
    }
}
