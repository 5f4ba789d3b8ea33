package org.ehrhub.fhir.resources;

import ca.uhn.fhir.model.api.annotation.SearchParamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;

/**
 * Where in a record the values of a search parameter are, for those parameters whose expression is a plain path, perhaps
 * narrowed to a type (FHIR R4, 3.1.1.4.1).
 */
final class ParamPath {
    private static final String STEPS = "[A-Z][A-Za-z]+((?:\\.[a-z][A-Za-z]*)+)";
    private static final Pattern PLAIN = Pattern.compile(STEPS);
    private static final Pattern CAST = Pattern.compile("\\(" + STEPS + " as ([A-Za-z]+)\\)");
    private static final Pattern AS = Pattern.compile(STEPS + "\\.as\\(([A-Za-z]+)\\)");
    private static final Pattern RESOLVED = Pattern.compile(STEPS + "\\.where\\(resolve\\(\\) is ([A-Za-z]+)\\)");

    private final List<Branch> branches;

    private ParamPath(List<Branch> branches) {
        this.branches = branches;
    }

    private record Branch(List<String> steps, String ofType) {}

    /** The path of a parameter; empty when it is not plain. */
    static Optional<ParamPath> of(SearchParamDefinition parameter) {
        var branches = new ArrayList<Branch>();
        for (var part : parameter.path().split(" \\| ", -1)) {
            var branch = branch(part.strip());
            if (branch.isEmpty()) {
                return Optional.empty();
            }
            branches.add(branch.get());
        }
        return Optional.of(new ParamPath(List.copyOf(branches)));
    }

    /** The values that a record has there. */
    List<Base> values(Resource resource) {
        return branches.stream().flatMap(branch -> values(resource, branch)).toList();
    }

    /** The names on the way to each of those places. */
    List<List<String>> steps() {
        return branches.stream().map(Branch::steps).toList();
    }

    private static Optional<Branch> branch(String text) {
        for (var form : List.of(PLAIN, RESOLVED)) {
            var found = form.matcher(text);
            if (found.matches()) {
                // What a reference points at is compared anyway.
                return Optional.of(new Branch(steps(found.group(1)), ""));
            }
        }
        for (var form : List.of(CAST, AS)) {
            var found = form.matcher(text);
            if (found.matches()) {
                return Optional.of(new Branch(steps(found.group(1)), found.group(2)));
            }
        }
        return Optional.empty();
    }

    private static List<String> steps(String dotted) {
        return List.of(dotted.substring(1).split("\\.", -1));
    }

    private static Stream<Base> values(Resource resource, Branch branch) {
        Stream<Base> found = Stream.of(resource);
        for (var step : branch.steps()) {
            found = found.flatMap(each -> Elements.of(each, step).stream());
        }
        return found.filter(
                value -> branch.ofType().isEmpty() || branch.ofType().equals(value.fhirType()));
    }
}
