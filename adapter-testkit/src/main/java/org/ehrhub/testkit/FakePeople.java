package org.ehrhub.testkit;

import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;
import org.jspecify.annotations.Nullable;

/** The patients of a {@link FakeEhr}. Not safe for use by many threads on its own. */
final class FakePeople {
    private final Map<String, Patient> byId = new LinkedHashMap<>();

    void add(Patient patient) {
        byId.put(patient.patient().id(), patient);
    }

    Optional<Patient> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Collection<Patient> all() {
        return List.copyOf(byId.values());
    }

    static Predicate<Patient> fits(PatientSearch wanted) {
        return patient -> begins(patient.family(), wanted.family())
                && (wanted.given() == null || patient.given().stream().anyMatch(name -> begins(name, wanted.given())))
                && (wanted.birthDate() == null || wanted.birthDate().equals(patient.birthDate()))
                && (wanted.gender() == null || wanted.gender().equals(patient.gender()))
                && (wanted.identifier() == null || identified(patient, wanted.identifier()))
                && (wanted.phone() == null || reachable(patient, digits(wanted.phone())));
    }

    static PatientMatch match(Patient patient) {
        return new PatientMatch(
                patient.patient(),
                patient.name(),
                patient.birthDate(),
                patient.gender(),
                patient.identifiers(),
                patient.addresses().isEmpty()
                        ? null
                        : patient.addresses().getFirst().city(),
                phone(patient),
                patient.deceased());
    }

    private static @Nullable String phone(Patient patient) {
        return patient.contacts().stream()
                .filter(contact -> contact.system().equals("phone"))
                .map(Patient.Contact::value)
                .findFirst()
                .orElse(null);
    }

    private static boolean identified(Patient patient, String wanted) {
        return patient.identifiers().stream()
                .anyMatch(id -> wanted.equals(id.value()) || wanted.equals(id.system() + "|" + id.value()));
    }

    private static boolean reachable(Patient patient, String digits) {
        return patient.contacts().stream()
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
