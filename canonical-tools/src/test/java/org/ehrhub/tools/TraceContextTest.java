package org.ehrhub.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String SOUND = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void readsWhatTheStandardHas() {
        var trace = TraceContext.read(SOUND, "rojo=00f067aa0ba902b7, tenant@congo=t61rcWkgMzE")
                .orElseThrow();

        assertThat(trace.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(trace.sampled()).isTrue();
        assertThat(trace.state()).isEqualTo("rojo=00f067aa0ba902b7, tenant@congo=t61rcWkgMzE");
        assertThat(trace.parent()).isEqualTo(SOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ada Hill",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-ada",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n",
                " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void takesNothingElse(String parent) {
        assertThat(TraceContext.read(parent, "a=b")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada Hill", "a=b,", "A=b", "a=b\r\nX: y", "a=é", "a = b", "=b", "a"})
    void dropsAStateThatIsNone(String state) {
        assertThat(TraceContext.read(SOUND, state).orElseThrow().state()).isEmpty();
    }

    @Test
    void dropsAStateThatIsTooLong() {
        assertThat(TraceContext.read(SOUND, "a=" + "b".repeat(256))
                        .orElseThrow()
                        .state())
                .isNotEmpty();
        assertThat(TraceContext.read(SOUND, "a=" + "b".repeat(256) + ",c=" + "d".repeat(256))
                        .orElseThrow()
                        .state())
                .isEmpty();
        assertThat(TraceContext.read(SOUND, "a=b,".repeat(32) + "a=b")
                        .orElseThrow()
                        .state())
                .isEmpty();
    }

    @Test
    void goesOnInTheSameTrace() {
        var trace = TraceContext.read(SOUND, "a=b").orElseThrow();
        var next = trace.next();

        assertThat(next.traceId()).isEqualTo(trace.traceId());
        assertThat(next.spanId()).isNotEqualTo(trace.spanId());
        assertThat(next.parentSpan()).isEqualTo(trace.spanId());
        assertThat(next.sampled()).isTrue();
        assertThat(next.state()).isEqualTo("a=b");
    }

    @Test
    void beginsATraceThatCanBeRead() {
        var begun = TraceContext.begun();

        assertThat(TraceContext.read(begun.parent(), null)).contains(begun);
        assertThat(begun.sampled()).isTrue();
        assertThat(TraceContext.begun().traceId()).isNotEqualTo(begun.traceId());
    }
}
