package org.ehrhub.tools;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A code with its system, written {@code system|code} (FHIR R4, 3.1.1.5.10) with a short name for the systems everybody
 * knows: {@code loinc|4548-4}.
 *
 * @param system the code system's URI; none when any is meant or none is known
 * @param code the code
 */
public record CodeToken(@Nullable String system, String code) {
    private static final Map<String, String> URIS = Map.of(
            "loinc", "http://loinc.org",
            "snomed", "http://snomed.info/sct",
            "rxnorm", "http://www.nlm.nih.gov/research/umls/rxnorm",
            "icd10cm", "http://hl7.org/fhir/sid/icd-10-cm",
            "icd10", "http://hl7.org/fhir/sid/icd-10",
            "cvx", "http://hl7.org/fhir/sid/cvx",
            "cpt", "http://www.ama-assn.org/go/cpt",
            "hcpcs", "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
            "ndc", "http://hl7.org/fhir/sid/ndc",
            "npi", "http://hl7.org/fhir/sid/us-npi");
    private static final Map<String, String> NAMES =
            URIS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    /**
     * Reads {@code code} or {@code system|code}.
     *
     * @throws InvalidArgument naming the argument
     */
    public static CodeToken parse(String text, String argument) {
        int bar = text.lastIndexOf('|');
        var code = text.substring(bar + 1);
        if (code.isBlank() || bar == 0) {
            throw new InvalidArgument(argument, "must be a code, or system|code");
        }
        return new CodeToken(bar < 0 ? null : uri(text.substring(0, bar)), code);
    }

    /** The URI of a system's short name; any other text is taken for a URI already. */
    public static String uri(String system) {
        return Optional.ofNullable(URIS.get(system)).orElse(system);
    }

    /** Whether a coded value is meant: same code and, where this has one, same system. */
    public boolean fits(@Nullable String otherSystem, @Nullable String otherCode) {
        return code.equals(otherCode) && (system == null || system.equals(otherSystem));
    }

    @Override
    public String toString() {
        return system == null ? code : Optional.ofNullable(NAMES.get(system)).orElse(system) + "|" + code;
    }
}
