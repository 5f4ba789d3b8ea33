package org.ehrhub.hl7v2;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;
import org.ehrhub.tools.patients.PatientSearch;

/** Keeps what was asked for: which people fit is the supplier's own choice (ITI-21), and it may choose wider. */
record PdqFilter(PatientSearch wanted) implements Predicate<PidFields> {
    @Override
    public boolean test(PidFields person) {
        return begins(person.family(), wanted.family())
                && begins(String.join(" ", person.given()), wanted.given())
                && same(person.birthDate(), wanted.birthDate())
                && same(person.gender(), wanted.gender())
                && numbered(person)
                && reached(person);
    }

    private boolean numbered(PidFields person) {
        var identifier = wanted.identifier();
        return identifier == null
                || person.keys().stream()
                        .anyMatch(key -> identifier.equals(key.number())
                                || identifier.equals(key.system() + "|" + key.number()));
    }

    private boolean reached(PidFields person) {
        return wanted.phone() == null
                || person.phones().anyMatch(number -> digits(number).contains(digits(wanted.phone())));
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }

    private static boolean begins(String name, String start) {
        return start == null || plain(name).startsWith(plain(start));
    }

    private static boolean same(String value, String asked) {
        return asked == null || asked.equals(value);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }
}
