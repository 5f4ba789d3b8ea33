package org.ehrhub.tools.patients;

import java.util.List;
import java.util.Objects;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Group;
import org.jspecify.annotations.Nullable;

/** All of who a patient is. */
@Group(FieldGroup.DEMOGRAPHICS)
public record PatientDetails(
        @Describe("Family name.") @Nullable String family,
        @Describe("Given names, in order.") List<String> given,

        @Group(FieldGroup.IDENTIFIERS) @Describe("Every identifier.")
        List<Identifier> identifiers,

        @Group(FieldGroup.CONTACT) @Describe("Every phone number, mail address and the like.")
        List<Contact> contacts,

        @Group(FieldGroup.CONTACT) @Describe("Every postal address.")
        List<Address> addresses) {
    /** Takes copies. */
    public PatientDetails {
        given = List.copyOf(given);
        identifiers = List.copyOf(identifiers);
        contacts = List.copyOf(contacts);
        addresses = List.copyOf(addresses);
    }

    private static final List<String> PAST = List.of("old", "temp");

    /** The medical record number (HL7 table 0203 MR), else the first identifier, as system|value. */
    @Nullable
    String mainIdentifier() {
        return identifiers.stream()
                .filter(one -> "MR".equals(one.type()))
                .findFirst()
                .or(() -> identifiers.stream().findFirst())
                .map(one -> one.system() == null ? one.value() : one.system() + "|" + one.value())
                .orElse(null);
    }

    @Nullable
    String mainContact(String system) {
        return contacts.stream()
                .filter(one -> one.system().equals(system))
                .filter(one -> one.use() == null || !PAST.contains(one.use()))
                .map(Contact::value)
                .findFirst()
                .orElse(null);
    }

    @Nullable
    String mainAddress() {
        return addresses.stream()
                .filter(one -> one.use() == null || !PAST.contains(one.use()))
                .findFirst()
                .map(Address::line)
                .filter(line -> !line.isEmpty())
                .orElse(null);
    }

    @Nullable
    String city() {
        return addresses.stream()
                .map(Address::city)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
