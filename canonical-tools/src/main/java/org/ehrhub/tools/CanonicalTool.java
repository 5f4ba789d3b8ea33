package org.ehrhub.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The contract of one tool: its name, what goes in, what comes out, and what it may do. It knows no vendor. What the tool
 * is for stands in {@link Describe} on the input record; its JSON Schemas are golden files beside this class.
 *
 * @param <I> the input record
 * @param <O> the record it answers with; for a list, one row
 */
public sealed interface CanonicalTool<I extends Record, O extends Record> {
    /** The canonical name, {@code patient.get}. */
    String name();

    /** The input record. */
    Class<I> input();

    /** The record answered with; for a list, one row. */
    Class<O> output();

    /** What the tool may do to a chart. */
    Risk risk();

    /** A tool that reads one thing. */
    record Read<I extends Record, O extends Record>(String name, Class<I> input, Class<O> output)
            implements CanonicalTool<I, O> {
        /** Checks the name. */
        public Read {
            Names.check(name);
        }

        @Override
        public Risk risk() {
            return Risk.READ;
        }
    }

    /** A tool that reads a list, of one EHR or of many. */
    record Listing<I extends Record & ListInput, O extends Record>(String name, Class<I> input, Class<O> output)
            implements CanonicalTool<I, O> {
        /** Checks the name. */
        public Listing {
            Names.check(name);
        }

        @Override
        public Risk risk() {
            return Risk.READ;
        }
    }

    /** A tool that changes something. */
    record Write<I extends Record & WriteInput, O extends Record>(
            String name, Class<I> input, Class<O> output, Risk risk) implements CanonicalTool<I, O> {
        /** Checks name and risk. */
        public Write {
            Names.check(name);
            if (risk == Risk.READ) {
                throw new IllegalArgumentException(name + " is a write and needs the risk of one");
            }
        }
    }

    /** The name on the wire where clients refuse dots: {@code patient_get}. */
    default String wireName() {
        return name().replace('.', '_');
    }

    /** The tool's name for people. */
    default String title() {
        return described().title();
    }

    /** What the tool does, and when to use it and when not, for a model to read. */
    default String description() {
        return described().value();
    }

    /** Arguments that work in the sandbox, as JSON. */
    default String example() {
        return described().example();
    }

    /** The version of the contract. */
    default int version() {
        return described().version();
    }

    /** What the tool may fail with. */
    default Set<ErrorCode> errors() {
        var errors = EnumSet.of(
                ErrorCode.INVALID_INPUT,
                ErrorCode.NOT_FOUND,
                ErrorCode.UNSUPPORTED,
                ErrorCode.DENIED,
                ErrorCode.RATE_LIMITED,
                ErrorCode.EHR_UNAVAILABLE,
                ErrorCode.INTERNAL);
        if (risk() != Risk.READ) {
            errors.addAll(EnumSet.of(
                    ErrorCode.CONFLICT,
                    ErrorCode.APPROVAL_REQUIRED,
                    ErrorCode.REJECTED_BY_EHR,
                    ErrorCode.OUTCOME_UNKNOWN));
        }
        errors.addAll(List.of(described().errors()));
        return errors;
    }

    /**
     * Whether this is one of the two tools without a dot, {@code search} and {@code fetch}, that ChatGPT's connectors ask
     * for by name and whose answers have the form those expect: rows under {@code results}, a record's fields beside its
     * source.
     */
    default boolean isConnector() {
        return name().indexOf('.') < 0;
    }

    /** The JSON Schema (2020-12) of the arguments. */
    default String inputSchema() {
        return Names.resource(name() + ".input.json");
    }

    /** The JSON Schema (2020-12) of the answer's {@code structuredContent}. */
    default String outputSchema() {
        return Names.resource(name() + ".output.json");
    }

    private Describe described() {
        var words = input().getAnnotation(Describe.class);
        if (words == null) {
            throw new IllegalStateException(input() + " says not what the tool is for");
        }
        return words;
    }

    /** Names of tools and of the files that belong to them. */
    final class Names {
        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)?");

        private Names() {}

        private static void check(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("Not a tool's name: " + name);
            }
        }

        private static String resource(String file) {
            try (var in = CanonicalTool.class.getResourceAsStream("schemas/" + file)) {
                if (in == null) {
                    throw new IllegalStateException("No golden schema " + file);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
