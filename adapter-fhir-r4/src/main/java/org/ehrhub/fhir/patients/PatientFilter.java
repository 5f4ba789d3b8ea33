package org.ehrhub.fhir.patients;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.fhir.client.Verdict;
import org.ehrhub.tools.patients.PatientSearch;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Whether a patient fits every criterion of a search, looked at once more after the server did. A birth date that is known
 * less exactly than the one asked for does not fit (FHIR R4, 3.1.1.5.8).
 */
record PatientFilter(PatientSearch wanted, boolean phoneSent) {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    Verdict of(Patient patient) {
        if (!named(patient)
                || !same(wanted.birthDate(), patient.getBirthDateElement().getValueAsString())
                || !same(
                        wanted.gender(),
                        patient.hasGender() ? patient.getGender().toCode() : null)
                || !identified(patient)) {
            return Verdict.FILTER_IGNORED;
        }
        if (!reachable(patient)) {
            return phoneSent ? Verdict.FILTER_IGNORED : Verdict.LEFT_OUT;
        }
        return Modifiers.unknownIn(patient) ? Verdict.MODIFIED : Verdict.FITS;
    }

    static String digits(String text) {
        var digits = new StringBuilder();
        text.chars()
                .map(c -> Character.digit(c, 10))
                .filter(digit -> digit >= 0)
                .forEach(digits::append);
        return digits.toString();
    }

    private boolean named(Patient patient) {
        return any(patient, wanted.family(), (name, start) -> begins(name.getFamily(), start))
                && any(
                        patient,
                        wanted.given(),
                        (name, start) -> name.getGiven().stream()
                                .map(StringType::getValue)
                                .anyMatch(given -> begins(given, start)));
    }

    private static boolean any(Patient patient, @Nullable String start, NameTest test) {
        if (start == null) {
            return true;
        }
        var plain = plain(start);
        return patient.getName().stream().anyMatch(name -> test.test(name, plain));
    }

    private interface NameTest {
        boolean test(HumanName name, String start);
    }

    private boolean identified(Patient patient) {
        var text = wanted.identifier();
        if (text == null) {
            return true;
        }
        int bar = text.indexOf('|');
        var value = text.substring(bar + 1);
        Predicate<org.hl7.fhir.r4.model.Identifier> system =
                id -> bar < 0 || text.substring(0, bar).equals(id.hasSystem() ? id.getSystem() : "");
        return patient.getIdentifier().stream().anyMatch(id -> value.equals(id.getValue()) && system.test(id));
    }

    private boolean reachable(Patient patient) {
        var phone = wanted.phone();
        if (phone == null) {
            return true;
        }
        var digits = digits(phone);
        return patient.getTelecom().stream()
                .filter(ContactPoint::hasValue)
                .map(contact -> digits(contact.getValue()))
                .anyMatch(held -> held.contains(digits) || (held.length() >= 7 && digits.endsWith(held)));
    }

    private static boolean same(@Nullable String wanted, @Nullable String held) {
        return wanted == null || wanted.equals(held);
    }

    private static boolean begins(@Nullable String name, String start) {
        // Of marks alone nothing is left, and with nothing every name begins.
        return name != null && !start.isEmpty() && plain(name).startsWith(start);
    }

    static String plain(String text) {
        return MARKS.matcher(Normalizer.normalize(text.strip(), Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }
}
