package org.ehrhub.adapters;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a line of the log may say beside its fixed words: each a name with a form that no patient's data has. The hub's log
 * leaves out every other name, and the value where it has not this form.
 */
public enum LogKey {
    /** The call's id. */
    CALL("[0-9a-z][0-9a-z.-]{0,79}"),
    /** The trace that the call belongs to. */
    TRACE("[0-9a-f]{32}"),
    /** A name of an EHR in the configuration. */
    EHR("[a-z][a-z0-9-]{0,31}"),
    /** A name of a tool. */
    TOOL("[a-z0-9]+(\\.[a-z0-9]+)?"),
    /** What was asked of an EHR. */
    KIND("[A-Z][A-Z_]{0,31}"),
    /** An error code. */
    CODE("[A-Z][A-Z_]{0,31}"),
    /** The status of an answer. */
    STATUS("[0-9]{1,3}"),
    /** Types and places of an exception, without its words. */
    FAULT("[A-Za-z0-9_.$<>:/()@ -]{0,20000}");

    private final Pattern form;
    private final String word;

    LogKey(String form) {
        this.form = Pattern.compile(form);
        this.word = name().toLowerCase(Locale.ROOT);
    }

    /** The name in the log. */
    public String word() {
        return word;
    }

    /** The key of this name. */
    public static Optional<LogKey> of(String word) {
        return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
    }

    /** A value as it may be shown: a question mark in the place of one that has not the key's form. */
    public String shown(Object value) {
        var text = String.valueOf(value);
        return form.matcher(text).matches() ? text : "?";
    }
}
