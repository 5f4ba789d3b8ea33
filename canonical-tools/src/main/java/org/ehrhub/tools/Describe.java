package org.ehrhub.tools;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a tool, an argument or a field of an answer means, in words for a model to read; the golden JSON Schemas carry it.
 * The limits are those of JSON Schema 2020-12 and stay out of the schema at their defaults.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface Describe {
    /** The description: one or two sentences. */
    String value();

    /** On a tool's input record: the human-readable name of the tool. */
    String title() default "";

    /** On a tool's input record: arguments that work in the sandbox, as JSON; a test holds them to the schema. */
    String example() default "";

    /** On a tool's input record: what it may fail with beyond what every tool of its kind may. */
    ErrorCode[] errors() default {};

    /** On a tool's input record: the contract's version, raised when an answer or an argument changes its meaning. */
    int version() default 1;

    /** On a field of an answer: for the hub's own checks, never shown to a caller. */
    boolean hidden() default false;

    /** Largest number of characters; the record checks it, and the docs say it. */
    int maxLength() default 0;

    /** Regular expression (ECMA 262) the whole text matches. */
    String pattern() default "";

    /** The values a text may take; none means any. */
    String[] oneOf() default {};

    /** Smallest number. */
    int minimum() default Integer.MIN_VALUE;

    /** Largest number. */
    int maximum() default Integer.MAX_VALUE;
}
