package org.ehrhub.fhir.resources;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;

/** The parameters that an operation takes or answers with (FHIR R4, 2.35), with their parts. */
final class ParameterValues {
    private ParameterValues() {}

    /** Whether one of them is a whole resource. */
    static boolean holdsRecords(Resource resource) {
        return resource instanceof Parameters parameters
                && all(parameters.getParameter()).anyMatch(ParametersParameterComponent::hasResource);
    }

    /** The whole resources among them. */
    static List<Resource> records(Parameters parameters) {
        return all(parameters.getParameter())
                .filter(ParametersParameterComponent::hasResource)
                .map(ParametersParameterComponent::getResource)
                .toList();
    }

    private static Stream<ParametersParameterComponent> all(List<ParametersParameterComponent> some) {
        return some.stream().flatMap(one -> Stream.concat(Stream.of(one), all(one.getPart())));
    }
}
