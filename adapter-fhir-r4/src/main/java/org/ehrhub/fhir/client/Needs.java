package org.ehrhub.fhir.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a tool needs of a server before it can work there, in the words of its CapabilityStatement (FHIR R4, 5.2).
 *
 * @param all every one of these is needed
 * @param wanted these are used where they are there, so that the login asks for the rights to them
 */
public record Needs(List<Need> all, List<Need> wanted) {
    /** Takes copies. */
    public Needs {
        all = List.copyOf(all);
        wanted = List.copyOf(wanted);
    }

    /** Needs and no wishes. */
    public Needs(List<Need> all) {
        this(all, List.of());
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
        var both = new ArrayList<>(all);
        both.addAll(more.all);
        return new Needs(
                both, Stream.concat(wanted.stream(), more.wanted.stream()).toList());
    }

    /** These, with others that are used where they are there. */
    public Needs wanting(Needs more) {
        return new Needs(
                all,
                Stream.of(wanted, more.all, more.wanted).flatMap(List::stream).toList());
    }

    private static Needs one(String type, String word) {
        return new Needs(List.of(new Need(type, word)));
    }
}
