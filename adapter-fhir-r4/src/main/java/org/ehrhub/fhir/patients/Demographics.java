package org.ehrhub.fhir.patients;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ehrhub.fhir.writing.Codes;
import org.ehrhub.fhir.writing.Refusal;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Puts what a caller gives into a patient's record, and touches nothing that is so already or that is not given. */
final class Demographics {
    private static final Set<ContactPointUse> PAST = EnumSet.of(ContactPointUse.OLD, ContactPointUse.TEMP);

    private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final int FEWEST_DIGITS = 4;

    private final Patient patient;

    Demographics(Patient patient) {
        this.patient = patient;
    }

    /** The name the EHR shows; its text, where it has one, is made anew from the parts. */
    void name(@Nullable String family, @Nullable List<String> given) {
        var name = PatientRecords.name(patient);
        boolean sameFamily = family == null || family.equals(name.getFamily());
        boolean sameGiven = given == null || given.equals(PatientRecords.texts(name.getGiven()));
        if (sameFamily && sameGiven) {
            return;
        }
        if (!patient.hasName()) {
            name = patient.addName().setUse(NameUse.OFFICIAL);
        }
        if (!sameFamily) {
            name.setFamilyElement(new StringType(family));
        }
        if (given != null && !sameGiven) {
            name.setGiven(given.stream().map(StringType::new).toList());
        }
        if (name.hasText()) {
            name.setText(withoutText(name));
        }
    }

    void birthDate(@Nullable String date) {
        if (date != null && !date.equals(patient.getBirthDateElement().getValueAsString())) {
            patient.setBirthDateElement(new DateType(date));
        }
    }

    void gender(@Nullable String code) {
        if (code != null) {
            var gender = Codes.word(code, AdministrativeGender::fromCode, "gender");
            if (gender != patient.getGender()) {
                patient.setGender(gender);
            }
        }
    }

    void active(@Nullable Boolean active) {
        if (active != null && !(patient.hasActive() && active.equals(patient.getActive()))) {
            patient.setActive(active);
        }
    }

    /** Becomes the first, whether it is new or was there. */
    void phone(@Nullable String phone) {
        if (phone != null) {
            if (PatientFilter.digits(phone).length() < FEWEST_DIGITS) {
                throw Refusal.invalid("phone", "is no phone number.", "Write it with all its digits.");
            }
            first(ContactPointSystem.PHONE, phone);
        }
    }

    /** Becomes the first, whether it is new or was there. */
    void email(@Nullable String email) {
        if (email != null) {
            if (!MAIL.matcher(email).matches()) {
                throw Refusal.invalid("email", "is no mail address.", "Write it as name@example.org.");
            }
            first(ContactPointSystem.EMAIL, email);
        }
    }

    /** Takes the place of the one of the same use, else the first place. */
    void address(org.ehrhub.tools.patients.@Nullable Address wanted) {
        if (wanted == null) {
            return;
        }
        var use = wanted.use() == null ? null : Codes.word(wanted.use(), AddressUse::fromCode, "address");
        var addresses = patient.getAddress();
        for (int at = 0; at < addresses.size(); at++) {
            if (addresses.get(at).getUse() == use) {
                if (!wanted.equals(PatientRecords.address(addresses.get(at)))) {
                    addresses.set(at, written(wanted, use));
                }
                return;
            }
        }
        addresses.addFirst(written(wanted, use));
    }

    /** Becomes the preferred one, beside the others. */
    void language(@Nullable String code) {
        if (code == null || code.equals(PatientRecords.language(patient))) {
            return;
        }
        patient.getCommunication().forEach(one -> {
            if (one.getPreferred()) {
                one.setPreferred(false);
            }
        });
        patient.getCommunication().stream()
                .filter(one -> one.getLanguage().getCoding().stream().anyMatch(coding -> code.equals(coding.getCode())))
                .findFirst()
                .orElseGet(() -> patient.addCommunication()
                        .setLanguage(new CodeableConcept()
                                .addCoding(new Coding()
                                        .setSystem("urn:ietf:bcp:47")
                                        .setCode(code))))
                .setPreferred(true);
    }

    private void first(ContactPointSystem system, String value) {
        var contacts = patient.getTelecom();
        var current = IntStream.range(0, contacts.size())
                .filter(at -> contacts.get(at).getSystem() == system
                        && !PAST.contains(contacts.get(at).getUse()))
                .boxed()
                .toList();
        var held = current.stream()
                .filter(at -> isSame(system, value, contacts.get(at).getValue()))
                .findFirst();
        if (held.isEmpty()) {
            contacts.addFirst(new ContactPoint().setSystem(system).setValue(value));
        } else if (!held.get().equals(current.getFirst())) {
            contacts.addFirst(contacts.remove(held.get().intValue()));
        }
    }

    private static boolean isSame(ContactPointSystem system, String wanted, @Nullable String held) {
        if (held == null) {
            return false;
        }
        return system == ContactPointSystem.PHONE
                ? PatientFilter.digits(wanted).equals(PatientFilter.digits(held))
                : wanted.equalsIgnoreCase(held);
    }

    private static Address written(org.ehrhub.tools.patients.Address wanted, @Nullable AddressUse use) {
        var address = new Address()
                .setUse(use)
                .setCity(wanted.city())
                .setState(wanted.state())
                .setPostalCode(wanted.postalCode())
                .setCountry(wanted.country());
        wanted.lines().forEach(address::addLine);
        return address;
    }

    private static String withoutText(HumanName name) {
        return name.copy().setText(null).getNameAsSingleString();
    }
}
