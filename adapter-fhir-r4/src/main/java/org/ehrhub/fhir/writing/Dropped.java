package org.ehrhub.fhir.writing;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a server left out of a write that it took: some say that all is well and keep what was there before, where they do not
 * let the hub write an element.
 */
public final class Dropped {
    /** What servers are free to change, or the hub leaves out itself. */
    private static final Set<String> NOT_LOOKED_AT = Set.of("id", "meta", "text", "implicitRules", "language");

    private Dropped() {}

    /** What a caller must know of a new record: which elements are not in it. */
    public static List<String> ofNew(Resource sent, Resource held) {
        return warning(sent.children().stream()
                .filter(Property::hasValues)
                .map(Property::getName)
                .filter(name -> values(held, name).isEmpty())
                .toList());
    }

    /** What a caller must know of a changed record: which changed elements are as they were before. */
    public static List<String> ofChange(Resource before, Resource sent, Resource held) {
        return ofChanged(
                before,
                names(sent, before).filter(name -> !same(sent, before, name)).toList(),
                held);
    }

    /** What a caller must know of a record of which some elements were to be changed: which are as they were before. */
    public static List<String> ofChanged(Resource before, Collection<String> changed, Resource held) {
        return warning(changed.stream().filter(name -> same(before, held, name)).toList());
    }

    private static Stream<String> names(Resource... resources) {
        return Arrays.stream(resources)
                .flatMap(resource -> resource.children().stream())
                .map(Property::getName)
                .distinct();
    }

    private static boolean same(Resource one, Resource other, String name) {
        var ours = values(one, name);
        var theirs = values(other, name);
        return ours.size() == theirs.size()
                && IntStream.range(0, ours.size())
                        .allMatch(each -> ours.get(each).equalsDeep(theirs.get(each)));
    }

    private static List<Base> values(Resource resource, String name) {
        var property = resource.getNamedProperty(name);
        return property == null
                ? List.of()
                : property.getValues().stream().filter(Objects::nonNull).toList();
    }

    private static List<String> warning(List<String> names) {
        var told = names.stream()
                .filter(name -> !NOT_LOOKED_AT.contains(name))
                .sorted()
                .distinct()
                .toList();
        return told.isEmpty()
                ? List.of()
                : List.of("The EHR took the write but not what was written to `" + String.join("`, `", told)
                        + "`: it may not let the hub write that.");
    }
}
