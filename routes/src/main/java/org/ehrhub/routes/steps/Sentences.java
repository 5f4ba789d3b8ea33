package org.ehrhub.routes.steps;

/** Puts the words of several failures together. */
final class Sentences {
    private Sentences() {}

    /** With one full stop at its end, whether it had one or not. */
    static String of(String words) {
        return words.endsWith(".") ? words : words + ".";
    }
}
