package org.ehrhub.tools.fhir;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.ListInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code fhir.query}. */
@Describe(
        title = "Query FHIR",
        value =
                "Reads or searches FHIR R4 resources when no other tool gives what is needed; the other tools answer shorter and safer. `path` is relative: Type/id, or Type?name=value&name=value. Also Type/id/$operation and $graphql/name, where the hub's settings hold it. No _include, no chains.",
        example = "{\"ehr\":\"stmarys\",\"path\":\"Location?_count=5\"}")
public record FhirQuery(
        @Describe(value = "The EHR, as ehr.list names it.", maxLength = 32)
        String ehr,

        @Describe(value = "Observation?patient=123&code=http://loinc.org|4548-4, or Patient/123.", maxLength = 2000)
        String path,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements EhrInput, ListInput {
    /** Checks the arguments. */
    public FhirQuery {
        Arguments.ehr(ehr);
        Arguments.text(path, "path", 2000);
        Arguments.limit(limit);
    }
}
