package org.ehrhub.server.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names as the configuration spells them, and the nearest right one to a wrong one. */
final class Spelling {
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private Spelling() {}

    /** {@code baseUrl} and {@code BASE_URL} as {@code base-url}. */
    static String kebab(String name) {
        return WORD_START.matcher(name).replaceAll("-").replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** "; did you mean `x`?" when one is near, else the ones there are. */
    static String suggest(String wrong, Collection<String> right) {
        return nearest(wrong, right)
                .map(near -> "did you mean `" + near + "`?")
                .orElseGet(() -> right.isEmpty() ? "remove it" : "known here: " + String.join(", ", right));
    }

    private static Optional<String> nearest(String wrong, Collection<String> right) {
        var asKebab = kebab(wrong);
        return right.stream()
                .filter(name -> distance(asKebab, name) <= Math.max(1, name.length() / 4))
                .min((a, b) -> Integer.compare(distance(asKebab, a), distance(asKebab, b)));
    }

    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
