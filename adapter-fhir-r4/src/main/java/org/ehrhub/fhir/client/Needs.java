package org.ehrhub.fhir.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a tool needs of a server before it can work there, in the words of its CapabilityStatement (FHIR R4, 5.2).
 *
 * @param all every one of these is needed
 * @param either one of these is needed, where there are any
 * @param wanted these are used where they are there, so that the login asks for the rights to them
 */
public record Needs(List<Need> all, List<Need> either, List<Need> wanted) {
    /** Takes copies. */
    public Needs {
        all = List.copyOf(all);
        either = List.copyOf(either);
        wanted = List.copyOf(wanted);
    }

    /** Needs and no wishes. */
    public Needs(List<Need> all) {
        this(all, List.of(), List.of());
    }

    /**
     * One interaction or operation.
     *
     * @param type the resource type; for an operation, the type it is called on
     * @param word {@code read}, {@code search-type}, {@code create}, {@code update}, {@code patch}, {@code delete},
     *     {@code transaction} (of the whole system, type empty), or {@code $name} of an operation
     */
    public record Need(String type, String word) {}

    /** Nothing in particular. */
    public static Needs nothing() {
        return new Needs(List.of());
    }

    /** To read one of a type. */
    public static Needs read(String type) {
        return one(type, "read");
    }

    /** To search a type. */
    public static Needs search(String type) {
        return one(type, "search-type");
    }

    /** To create one of a type. */
    public static Needs create(String type) {
        return one(type, "create");
    }

    /** To update one of a type. */
    public static Needs update(String type) {
        return one(type, "update");
    }

    /** To patch one of a type. */
    public static Needs patch(String type) {
        return one(type, "patch");
    }

    /** To delete one of a type. */
    public static Needs delete(String type) {
        return one(type, "delete");
    }

    /** To run a transaction. */
    public static Needs transaction() {
        return one("", "transaction");
    }

    /** To call an operation, named without its dollar sign. */
    public static Needs operation(String type, String name) {
        return one(type, "$" + name);
    }

    /** Both. */
    public Needs and(Needs more) {
        return new Needs(joined(all, more.all), joined(either, more.either), joined(wanted, more.wanted));
    }

    /** These, and the one or the other of two ways to do the same. */
    public Needs withEither(Needs one, Needs other) {
        return new Needs(all, joined(one.all, other.all), wanted);
    }

    /** These, with others that are used where they are there. */
    public Needs wanting(Needs more) {
        return new Needs(all, either, joined(wanted, joined(more.all, more.wanted)));
    }

    /** Everything that is needed or used. */
    public Stream<Need> every() {
        return Stream.of(all, either, wanted).flatMap(List::stream);
    }

    /**
     * Why a tool with these needs cannot work; empty where it can, or where that is not known.
     *
     * @param unmet why one need is not met
     */
    public Optional<String> unmet(Function<Need, Optional<String>> unmet) {
        var lacking = all.stream().map(unmet).flatMap(Optional::stream).findFirst();
        if (lacking.isPresent()) {
            return lacking;
        }
        var reasons = either.stream().map(unmet).flatMap(Optional::stream).toList();
        return reasons.size() == either.size() ? reasons.stream().findFirst() : Optional.empty();
    }

    private static List<Need> joined(List<Need> some, List<Need> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Needs one(String type, String word) {
        return new Needs(List.of(new Need(type, word)));
    }
}
