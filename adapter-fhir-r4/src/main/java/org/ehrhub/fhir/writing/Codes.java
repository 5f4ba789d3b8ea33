package org.ehrhub.fhir.writing;

import java.util.function.Function;
import org.ehrhub.tools.CodeToken;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/** Coded values that the hub writes. */
public final class Codes {
    /** SNOMED CT. */
    public static final String SNOMED = "http://snomed.info/sct";

    /** LOINC. */
    public static final String LOINC = "http://loinc.org";

    private Codes() {}

    /** A concept with one coding. */
    public static CodeableConcept of(String system, String code, @Nullable String display) {
        return new CodeableConcept().addCoding(new Coding(system, code, display));
    }

    /**
     * Words with the code a caller gave for them.
     *
     * @throws org.ehrhub.adapters.EhrFailure {@code INVALID_INPUT} when the code does not say of which system it is
     */
    public static CodeableConcept coded(@Nullable String words, @Nullable String code, String argument) {
        var concept = new CodeableConcept().setText(words);
        return code == null ? concept : concept.addCoding(coding(code, argument));
    }

    /**
     * A code as a caller gave it.
     *
     * @throws org.ehrhub.adapters.EhrFailure {@code INVALID_INPUT} when it does not say of which system it is
     */
    public static Coding coding(String code, String argument) {
        var token = CodeToken.parse(code, argument);
        if (token.system() == null || token.system().indexOf(':') < 1) {
            throw Refusal.invalid(
                    argument,
                    "must say of which system the code is.",
                    "Write system|code, the system a URI or one of loinc, snomed, rxnorm, icd10cm, cvx, cpt.");
        }
        return new Coding().setSystem(token.system()).setCode(token.code());
    }

    /**
     * A word of a closed list as FHIR's own type.
     *
     * @throws org.ehrhub.adapters.EhrFailure {@code INVALID_INPUT} when it is not on the list
     */
    public static <T> T word(String word, Function<String, T> parse, String argument) {
        try {
            return parse.apply(word);
        } catch (FHIRException e) {
            throw Refusal.invalid(argument, "is none of the words it may be.", "Use one that the tool's schema lists.");
        }
    }

    /** Whether a concept has this code. */
    public static boolean holds(CodeableConcept concept, String system, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> system.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }
}
