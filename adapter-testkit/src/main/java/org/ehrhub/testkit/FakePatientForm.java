package org.ehrhub.testkit;

import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.patients.Contact;
import org.ehrhub.tools.patients.Identifier;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientCreate;
import org.ehrhub.tools.patients.PatientDetails;
import org.ehrhub.tools.patients.PatientUpdate;
import org.jspecify.annotations.Nullable;

/** How a {@link FakeEhr} writes down who a patient is. */
final class FakePatientForm {
    private FakePatientForm() {}

    static Patient born(Reference reference, PatientCreate input) {
        var details = new PatientDetails(
                input.family(),
                input.given(),
                optional(input.mrn()).map(FakePatientForm::identifier).toList(),
                contacts(input.phone(), input.email()).toList(),
                optional(input.address()).toList());
        return new Patient(
                        reference,
                        name(details),
                        input.birthDate(),
                        input.gender(),
                        null,
                        null,
                        null,
                        null,
                        input.language(),
                        null,
                        null,
                        null,
                        null,
                        details)
                .withMain();
    }

    static Patient changed(Patient old, PatientUpdate input) {
        var known = FakePatientFit.details(old);
        var address = input.address();
        var details = new PatientDetails(
                either(input.family(), known.family()),
                Objects.requireNonNullElse(input.given(), known.given()),
                known.identifiers(),
                Stream.concat(contacts(input.phone(), input.email()), known.contacts().stream())
                        .toList(),
                address == null
                        ? known.addresses()
                        : Stream.concat(
                                        Stream.of(address),
                                        known.addresses().stream()
                                                .filter(one -> !Objects.equals(one.use(), address.use())))
                                .toList());
        return new Patient(
                        old.patient(),
                        name(details),
                        either(input.birthDate(), old.birthDate()),
                        either(input.gender(), old.gender()),
                        null,
                        null,
                        null,
                        null,
                        either(input.language(), old.language()),
                        either(input.active(), old.active()),
                        old.deceased(),
                        old.deceasedDate(),
                        old.replacedBy(),
                        details)
                .withMain();
    }

    private static String name(PatientDetails details) {
        return String.join(" ", details.given()) + " " + details.family();
    }

    private static <T> @Nullable T either(@Nullable T next, @Nullable T old) {
        return next == null ? old : next;
    }

    private static Stream<Contact> contacts(@Nullable String phone, @Nullable String email) {
        return Stream.concat(
                optional(phone).map(number -> new Contact("phone", number, null)),
                optional(email).map(mail -> new Contact("email", mail, null)));
    }

    private static Identifier identifier(String mrn) {
        int bar = mrn.lastIndexOf('|');
        return new Identifier(bar < 0 ? null : mrn.substring(0, bar), mrn.substring(bar + 1), "MR");
    }

    private static <T> Stream<T> optional(@Nullable T value) {
        return value == null ? Stream.of() : Stream.of(value);
    }
}
