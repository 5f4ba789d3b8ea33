package org.ehrhub.testkit;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientDetails;
import org.ehrhub.tools.patients.PatientSearch;
import org.jspecify.annotations.Nullable;

/** Which patients of a {@link FakeEhr} fit a search. */
final class FakePatientFit {
    private FakePatientFit() {}

    static Predicate<Patient> fits(PatientSearch wanted) {
        return patient -> begins(details(patient).family(), wanted.family())
                && (wanted.given() == null
                        || details(patient).given().stream().anyMatch(name -> begins(name, wanted.given())))
                && (wanted.birthDate() == null || wanted.birthDate().equals(patient.birthDate()))
                && (wanted.gender() == null || wanted.gender().equals(patient.gender()))
                && (wanted.identifier() == null || identified(patient, wanted.identifier()))
                && (wanted.phone() == null || reachable(patient, digits(wanted.phone())));
    }

    static PatientDetails details(Patient patient) {
        if (patient.details() == null) {
            throw new IllegalArgumentException("A fake patient has details");
        }
        return patient.details();
    }

    private static boolean identified(Patient patient, String wanted) {
        return details(patient).identifiers().stream()
                .anyMatch(id -> wanted.equals(id.value()) || wanted.equals(id.system() + "|" + id.value()));
    }

    private static boolean reachable(Patient patient, String digits) {
        return details(patient).contacts().stream()
                .anyMatch(contact -> digits(contact.value()).contains(digits));
    }

    private static boolean begins(@Nullable String name, @Nullable String start) {
        return start == null || (name != null && plain(name).startsWith(plain(start)));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }
}
