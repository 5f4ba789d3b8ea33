package org.ehrhub.server.channels;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ehrhub.adapters.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/** Messages and channels as lines of a terminal; nothing of a message's content. */
final class MessageRows {
    private MessageRows() {}

    /** A message. */
    static String row(JournalEntry entry) {
        var row = new StringBuilder()
                .append(entry.id())
                .append("  ")
                .append(entry.channel())
                .append("  ")
                .append(entry.state().name().toLowerCase(Locale.ROOT))
                .append("  kept ")
                .append(entry.kept().truncatedTo(ChronoUnit.MILLIS))
                .append("  changed ")
                .append(entry.changed().truncatedTo(ChronoUnit.MILLIS))
                .append("  ")
                .append(entry.bytes())
                .append(" bytes");
        if (entry.attempts() > 0) {
            row.append("  tried ").append(entry.attempts()).append(entry.attempts() == 1 ? " time" : " times");
        }
        if (entry.reason() != null) {
            row.append("  (").append(entry.reason()).append(')');
        }
        return row.toString();
    }

    /** How many were found. */
    static String count(int found, int most) {
        return found
                + (found == 1 ? " message" : " messages")
                + (found == most ? "; there may be more, --most asks for them" : "");
    }

    /** The channels, as a table. */
    static List<String> stats(Map<String, MessageDesk.Standing> standings, Instant now) {
        var rows = new ArrayList<String>();
        rows.add(line("channel", List.of("waiting", "retried", "oldest", "dead", "done"), "receiver"));
        standings.forEach((name, standing) -> {
            var state = standing.messages();
            rows.add(line(
                    name,
                    List.of(
                            String.valueOf(state.waiting()),
                            String.valueOf(state.retried()),
                            state.oldest() == null ? "-" : age(Duration.between(state.oldest(), now)),
                            String.valueOf(state.dead()),
                            String.valueOf(state.done())),
                    receiver(standing.receiver())));
        });
        return rows;
    }

    private static String line(String name, List<String> numbers, String receiver) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%-24s", name));
        numbers.forEach(number -> line.append(String.format(Locale.ROOT, "%10s", number)));
        return line.append("  ").append(receiver).toString();
    }

    private static String receiver(Destination.@Nullable Standing standing) {
        if (standing == null) {
            return "-";
        }
        var usual =
                standing.usual() == null ? "" : ", usually " + standing.usual().toMillis() + " ms";
        return switch (standing.state()) {
            case UNTRIED -> "not tried since the hub started";
            case UP -> "up since " + standing.since().truncatedTo(ChronoUnit.SECONDS) + usual;
            case SLOW -> "SLOW since " + standing.since().truncatedTo(ChronoUnit.SECONDS) + usual;
            case DOWN -> "DOWN since " + standing.since().truncatedTo(ChronoUnit.SECONDS);
        };
    }

    private static String age(Duration age) {
        var seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        return seconds < 7200 ? seconds / 60 + "m" : seconds / 3600 + "h";
    }
}
