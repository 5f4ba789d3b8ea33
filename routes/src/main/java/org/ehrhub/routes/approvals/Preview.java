package org.ehrhub.routes.approvals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person reads before they approve a call. Every text in it is fit to be shown: what cannot be seen is spelled out. None
 * of what would be written is left out.
 *
 * @param parts its parts, in the order in which they are read
 */
public record Preview(List<Part> parts) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHORT = 300;

    /** The heading under which it says whose chart it is. */
    static final String WHOSE = "Whose chart";
    /** The label of the chart's reference there. */
    static final String CHART = "Chart";

    /** Takes a copy. */
    public Preview {
        parts = List.copyOf(parts);
    }

    /**
     * A part under a heading of the hub's.
     *
     * @param title the heading
     * @param lines what stands under it
     */
    public record Part(String title, List<Line> lines) {
        /** Takes a copy. */
        public Part {
            lines = List.copyOf(lines);
        }
    }

    /**
     * One thing that is told.
     *
     * @param label what it is, in the hub's words; empty where the text says it all
     * @param text what it is or would be; may have several lines
     * @param was what stands there now, where something would be changed
     */
    public record Line(String label, String text, @Nullable String was) {
        /** Nothing is changed. */
        public Line(String label, String text) {
            this(label, text, null);
        }
    }

    /** The reference of the chart that it shows; empty where it shows none. */
    public Optional<String> chart() {
        return parts.stream()
                .filter(part -> part.title().equals(WHOSE))
                .flatMap(part -> part.lines().stream())
                .filter(line -> line.label().equals(CHART))
                .map(Line::text)
                .findFirst();
    }

    /** As it is kept until somebody decides. */
    public String kept() {
        return JSON.writeValueAsString(this);
    }

    /** Reads what {@link #kept} wrote. */
    public static Preview of(String kept) {
        return JSON.readValue(kept, Preview.class);
    }

    /** Lines for a terminal. Those that go on are indented, so that no text can look like a line of the hub's. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        for (var part : parts) {
            lines.add(part.title().toUpperCase(java.util.Locale.ROOT));
            part.lines().forEach(line -> lines.add(words(line, Integer.MAX_VALUE)));
        }
        return lines;
    }

    /** The same for the agent, which knows its own arguments: long ones are cut, and it is said how long they are. */
    public List<String> brief() {
        return parts.stream()
                .flatMap(part -> part.lines().stream())
                .map(line -> words(line, SHORT))
                .toList();
    }

    private static String words(Line line, int most) {
        var text = cut(line.text(), most);
        var changed = line.was() == null ? text : text + "  (now: " + cut(line.was(), most) + ")";
        return "  " + (line.label().isEmpty() ? changed : line.label() + ": " + changed).replace("\n", "\n    | ");
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "… (" + text.length() + " characters in all)";
    }
}
