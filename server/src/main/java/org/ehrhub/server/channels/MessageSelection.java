package org.ehrhub.server.channels;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ehrhub.adapters.journal.JournalEntry.State;
import org.ehrhub.adapters.journal.JournalMessage.Term;
import org.ehrhub.adapters.journal.JournalQuery;
import org.jspecify.annotations.Nullable;

/** Which messages a person means by the options of {@code ehr-hub hl7v2}. */
public final class MessageSelection {
    /** The most that one question is about. */
    static final int MOST = 10_000;

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Pattern FIELD = Pattern.compile("([A-Z][A-Z0-9]{2}-\\d{1,3})=(.+)", Pattern.DOTALL);
    private static final Pattern IDS = Pattern.compile("\\d{1,18}(,\\d{1,18})*");

    private final Map<String, String> options;
    private final InstantSource clock;

    MessageSelection(Map<String, String> options, InstantSource clock) {
        this.options = Map.copyOf(options);
        this.clock = clock;
    }

    /**
     * What they mean.
     *
     * @param states those that are meant where no option says so; all when empty
     * @throws IllegalArgumentException in words for whoever asked
     */
    JournalQuery query(Set<State> states, int usual) {
        return new JournalQuery(
                options.get("--channel"),
                ids(),
                options.containsKey("--state") ? states() : states,
                time("--since"),
                time("--until"),
                terms(),
                most(usual));
    }

    /** Whether it is said which ones, beside how many. */
    boolean isNarrow() {
        return options.containsKey("--id")
                || (options.containsKey("--channel")
                        && (options.containsKey("--state")
                                || options.containsKey("--since")
                                || options.containsKey("--field")));
    }

    /** Whether the messages are named one by one. */
    boolean hasIds() {
        return options.containsKey("--id");
    }

    private Set<Long> ids() {
        var text = options.get("--id");
        if (text == null) {
            return Set.of();
        }
        if (!IDS.matcher(text).matches()) {
            throw new IllegalArgumentException("--id needs numbers as `search` shows them, with commas between: 12,15");
        }
        var ids = new HashSet<Long>();
        Arrays.stream(text.split(",", -1)).forEach(id -> ids.add(Long.valueOf(id)));
        return ids;
    }

    private Set<State> states() {
        var states = new HashSet<State>();
        for (var word : options.getOrDefault("--state", "").split(",", -1)) {
            states.add(Arrays.stream(State.values())
                    .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--state needs some of waiting, claimed, done, dead, with commas")));
        }
        return states;
    }

    private List<Term> terms() {
        var terms = new ArrayList<Term>();
        for (var one : options.getOrDefault("--field", "").split("\n", -1)) {
            var parts = FIELD.matcher(one);
            if (parts.matches()) {
                terms.add(new Term(parts.group(1), parts.group(2)));
            } else if (!one.isEmpty()) {
                throw new IllegalArgumentException("--field needs a field and its value: --field PID-3=123456");
            }
        }
        return terms;
    }

    private @Nullable Instant time(String option) {
        var text = options.get(option);
        if (text == null) {
            return null;
        }
        var ago = AGO.matcher(text);
        if (ago.matches()) {
            return clock.instant().minus(Duration.ofSeconds(Long.parseLong(ago.group(1)) * seconds(ago.group(2))));
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    option + " needs a time: 30m, 2h or 1d ago, a day, 2026-03-01, or 2026-03-01T08:00:00Z (UTC)");
        }
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            default -> 86_400;
        };
    }

    private int most(int usual) {
        var text = options.get("--most");
        if (text == null) {
            return usual;
        }
        if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException("--most needs a number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }
}
