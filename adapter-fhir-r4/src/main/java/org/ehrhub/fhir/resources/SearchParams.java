package org.ehrhub.fhir.resources;

import ca.uhn.fhir.model.api.annotation.SearchParamDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;

/** The search parameters that FHIR R4 itself defines for a type, as HAPI's classes carry them. */
final class SearchParams {
    private static final ClassValue<Map<String, SearchParamDefinition>> BY_NAME = new ClassValue<>() {
        @Override
        protected Map<String, SearchParamDefinition> computeValue(Class<?> type) {
            return Stream.of(type.getFields())
                    .map(field -> field.getAnnotation(SearchParamDefinition.class))
                    .flatMap(Stream::ofNullable)
                    .collect(Collectors.toUnmodifiableMap(
                            SearchParamDefinition::name, Function.identity(), (one, other) -> one));
        }
    };

    private SearchParams() {}

    /** The type's own parameter of a name, where it has one; those of every type begin with an underscore. */
    static Optional<SearchParamDefinition> named(String type, String name) {
        return name.startsWith("_")
                ? Optional.empty()
                : Optional.ofNullable(BY_NAME.get(type(type)).get(name));
    }

    /** HAPI's class of a type that FHIR R4 has. */
    static Class<? extends Resource> type(String name) {
        return ResourceFactory.createResource(name).getClass();
    }
}
