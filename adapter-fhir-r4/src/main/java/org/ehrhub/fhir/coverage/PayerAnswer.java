package org.ehrhub.fhir.coverage;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;

/** The answer of {@code $submit} and {@code $inquire}: the resource itself, in a Bundle, or in Parameters of either. */
final class PayerAnswer {
    private static final int DEEPEST = 3;

    private PayerAnswer() {}

    /** The resources of a type in an answer, in their order. */
    static <R extends Resource> List<R> all(Resource answer, Class<R> type) {
        return in(answer, 0).filter(type::isInstance).map(type::cast).toList();
    }

    private static Stream<Resource> in(Resource answer, int depth) {
        if (depth == DEEPEST) {
            return Stream.empty();
        }
        return switch (answer) {
            case Bundle bundle ->
                bundle.getEntry().stream()
                        .filter(BundleEntryComponent::hasResource)
                        .flatMap(entry -> in(entry.getResource(), depth + 1));
            case Parameters parameters ->
                parameters.getParameter().stream()
                        .filter(ParametersParameterComponent::hasResource)
                        .flatMap(parameter -> in(parameter.getResource(), depth + 1));
            default -> Stream.of(answer);
        };
    }
}
