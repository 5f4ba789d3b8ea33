package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The search parameters of one resource type that this server can evaluate, out of HAPI's definitions. */
final class SearchParameters {
    private static final Set<RestSearchParameterTypeEnum> KINDS = EnumSet.of(
            RestSearchParameterTypeEnum.STRING,
            RestSearchParameterTypeEnum.TOKEN,
            RestSearchParameterTypeEnum.REFERENCE,
            RestSearchParameterTypeEnum.DATE,
            RestSearchParameterTypeEnum.URI);
    private static final Set<String> LEFT_OUT = Set.of("phonetic", "near");

    private final Map<String, Parameter> byName = new TreeMap<>();

    SearchParameters(FhirContext fhir, String type) {
        for (RuntimeSearchParam defined : fhir.getResourceDefinition(type).getSearchParams()) {
            if (KINDS.contains(defined.getParamType()) && !LEFT_OUT.contains(defined.getName())) {
                SearchPath.of(defined.getPath())
                        .ifPresent(path -> byName.put(
                                defined.getName(),
                                new Parameter(defined.getName(), defined.getParamType(), defined.getUri(), path)));
            }
        }
    }

    /** A search parameter and where its values stand in a resource. */
    record Parameter(String name, RestSearchParameterTypeEnum kind, String uri, SearchPath path) {}

    Optional<Parameter> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<Parameter> all() {
        return byName.values();
    }
}
