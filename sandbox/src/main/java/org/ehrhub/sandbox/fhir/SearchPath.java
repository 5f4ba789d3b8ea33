package org.ehrhub.sandbox.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The part of FHIRPath that R4's search parameters are written in: alternatives, children, a choice's type, the type of a
 * reference's target, the system of a contact. HAPI's full engine costs about two seconds at its first expression.
 */
final class SearchPath {
    private static final Pattern CAST = Pattern.compile("\\(([A-Za-z.]+) as (\\w+)\\)");
    private static final Pattern STEP =
            Pattern.compile("\\.(?:as\\((?<type>\\w+)\\)|where\\(resolve\\(\\) is (?<target>\\w+)\\)"
                    + "|where\\(system='(?<system>\\w+)'\\)|(?<child>\\w+)(?!\\())");
    private static final String DECEASED = "Patient.deceased.exists() and Patient.deceased != false";

    private final List<List<Step>> alternatives;

    private SearchPath(List<List<Step>> alternatives) {
        this.alternatives = alternatives;
    }

    /** One step from some elements to others. */
    @FunctionalInterface
    private interface Step {
        List<Base> from(Base base);
    }

    /** The path of an expression, or empty when it uses more of FHIRPath than this class knows. */
    static Optional<SearchPath> of(String expression) {
        if (expression.equals(DECEASED)) {
            return Optional.of(new SearchPath(List.of(List.of(SearchPath::isDeceased))));
        }
        var alternatives = new ArrayList<List<Step>>();
        for (String alternative : expression.split("\\s*\\|\\s*", -1)) {
            String plain = CAST.matcher(alternative.strip()).replaceAll("$1.as($2)");
            int root = plain.indexOf('.');
            Optional<List<Step>> steps = root < 0 ? Optional.empty() : steps(plain.substring(root));
            if (steps.isEmpty()) {
                return Optional.empty();
            }
            alternatives.add(steps.get());
        }
        return Optional.of(new SearchPath(List.copyOf(alternatives)));
    }

    List<Base> from(Resource resource) {
        var found = new ArrayList<Base>();
        for (List<Step> steps : alternatives) {
            List<Base> reached = List.of(resource);
            for (Step step : steps) {
                reached = reached.stream()
                        .flatMap(base -> step.from(base).stream())
                        .toList();
            }
            found.addAll(reached);
        }
        return found;
    }

    private static Optional<List<Step>> steps(String path) {
        var steps = new ArrayList<Step>();
        Matcher matcher = STEP.matcher(path);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            steps.add(step(matcher));
            end = matcher.end();
        }
        return end == path.length() ? Optional.of(List.copyOf(steps)) : Optional.empty();
    }

    private static Step step(Matcher matcher) {
        String type = matcher.group("type");
        String target = matcher.group("target");
        String system = matcher.group("system");
        String child = matcher.group("child");
        if (type != null) {
            return base -> base.fhirType().equals(type) ? List.of(base) : List.of();
        }
        if (target != null) {
            return base -> base instanceof Reference reference
                            && target.equals(reference.getReferenceElement().getResourceType())
                    ? List.of(base)
                    : List.of();
        }
        if (system != null) {
            return base -> base instanceof ContactPoint contact
                            && contact.hasSystem()
                            && system.equals(contact.getSystem().toCode())
                    ? List.of(base)
                    : List.of();
        }
        return base -> {
            Property property = base.getNamedProperty(child);
            return property == null ? List.of() : property.getValues();
        };
    }

    private static List<Base> isDeceased(Base patient) {
        Property deceased = patient.getNamedProperty("deceased");
        boolean dead = deceased.hasValues()
                && !(deceased.getValues().getFirst() instanceof BooleanType flag && !flag.booleanValue());
        return List.of(new BooleanType(dead));
    }
}
