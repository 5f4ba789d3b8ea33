package org.ehrhub.tools;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a call stands in a trace that reaches beyond the hub (W3C Trace Context, 3): figures, never names.
 *
 * @param traceId the trace, 32 hexadecimal digits
 * @param spanId this part of it, 16 hexadecimal digits
 * @param sampled whether whoever began the trace keeps it
 * @param parentSpan the part of it that led to this one; empty where nobody said
 * @param state what other systems' tracers want handed on; empty where there is none. Goes to EHRs only, never into a log
 */
public record TraceContext(String traceId, String spanId, String parentSpan, boolean sampled, String state) {
    private static final Pattern PARENT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})");
    private static final Pattern MEMBER =
            Pattern.compile("(?:[a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})"
                    + "=[\\x20-\\x2b\\x2d-\\x3c\\x3e-\\x7e]{0,255}[\\x21-\\x2b\\x2d-\\x3c\\x3e-\\x7e]");
    private static final Pattern COMMA = Pattern.compile("[ \\t]*,[ \\t]*");
    private static final int LONGEST_STATE = 512;
    private static final int MOST_MEMBERS = 32;
    private static final int SAMPLED = 1;

    /**
     * What a caller says of its trace. Whatever is not exactly as the standard has it is as if it had not been said; without
     * a sound parent there is no state either.
     */
    public static Optional<TraceContext> read(@Nullable String parent, @Nullable String state) {
        var parts = PARENT.matcher(parent == null ? "" : parent);
        return parts.matches()
                ? Optional.of(new TraceContext(
                        parts.group(1),
                        parts.group(2),
                        "",
                        (HexFormat.fromHexDigits(parts.group(3)) & SAMPLED) == SAMPLED,
                        state != null && isState(state) ? state : ""))
                : Optional.empty();
    }

    private static boolean isState(String state) {
        if (state.length() > LONGEST_STATE) {
            return false;
        }
        var members = COMMA.split(state, -1);
        return members.length <= MOST_MEMBERS
                && Arrays.stream(members)
                        .allMatch(member -> MEMBER.matcher(member).matches());
    }

    /** The beginning of a trace, which the hub itself keeps where it sends spans. */
    public static TraceContext begun() {
        var random = ThreadLocalRandom.current();
        return new TraceContext(
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong() | 1),
                newSpan(),
                "",
                true,
                "");
    }

    /** Another part of the same trace. */
    public TraceContext next() {
        return new TraceContext(traceId, newSpan(), spanId, sampled, state);
    }

    private static String newSpan() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
    }

    /** As the header {@code traceparent} has it. */
    public String parent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
