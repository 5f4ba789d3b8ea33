package org.ehrhub.hl7v2;

import ca.uhn.hl7v2.model.Primitive;
import ca.uhn.hl7v2.model.v25.datatype.CX;
import ca.uhn.hl7v2.model.v25.datatype.XAD;
import ca.uhn.hl7v2.model.v25.datatype.XPN;
import ca.uhn.hl7v2.model.v25.segment.PID;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ehrhub.tools.patients.Address;
import org.ehrhub.tools.patients.Contact;
import org.ehrhub.tools.patients.Identifier;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientDetails;
import org.ehrhub.tools.patients.PatientMatch;

/** What a PID segment (HL7 v2.5, chapter 3) says of a person, in the hub's terms. */
record PidFields(String ehr, PID pid) {
    /** A field's text; none for HL7's null, which says that there is no value. */
    static String text(Primitive field) {
        var value = field.getValue();
        return value == null || value.equals("\"\"") ? "" : value;
    }

    List<PdqKey> keys() {
        return Arrays.stream(pid.getPatientIdentifierList()).map(PdqKey::of).toList();
    }

    Patient patient(PdqKey key) {
        var details = new PatientDetails(
                family(),
                given(),
                identifiers(),
                phones().map(number -> new Contact("phone", number, "home")).toList(),
                Arrays.stream(pid.getPatientAddress()).map(PidFields::address).toList());
        return new Patient(
                        key.in(ehr),
                        name(),
                        birthDate(),
                        gender(),
                        null,
                        null,
                        null,
                        null,
                        orNull(text(pid.getPrimaryLanguage().getIdentifier())),
                        null,
                        deceased(),
                        date(text(pid.getPatientDeathDateAndTime().getTime())),
                        null,
                        details)
                .withMain();
    }

    PatientMatch match(PdqKey key) {
        return patient(key).match();
    }

    String family() {
        return text(legalName().getFamilyName().getSurname());
    }

    List<String> given() {
        var more = text(legalName().getSecondAndFurtherGivenNamesOrInitialsThereof());
        return Stream.of(text(legalName().getGivenName()), more)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    String birthDate() {
        return date(text(pid.getDateTimeOfBirth().getTime()));
    }

    String gender() {
        return switch (text(pid.getAdministrativeSex())) {
            case "M" -> "male";
            case "F" -> "female";
            case "" -> null;
            case "U" -> "unknown";
            default -> "other";
        };
    }

    Stream<String> phones() {
        return Arrays.stream(pid.getPhoneNumberHome())
                .map(number -> text(number.getTelephoneNumber()))
                .filter(number -> !number.isEmpty());
    }

    private String name() {
        return orNull(String.join(
                        " ",
                        Stream.concat(given().stream(), Stream.of(family())).toList())
                .strip());
    }

    private XPN legalName() {
        return Arrays.stream(pid.getPatientName())
                .filter(name -> text(name.getNameTypeCode()).equals("L"))
                .findFirst()
                .orElseGet(() -> pid.getPatientName(0));
    }

    private Boolean deceased() {
        return switch (text(pid.getPatientDeathIndicator())) {
            case "Y" -> Boolean.TRUE;
            case "N" -> Boolean.FALSE;
            default -> null;
        };
    }

    private List<Identifier> identifiers() {
        return Arrays.stream(pid.getPatientIdentifierList())
                .map(PidFields::identifier)
                .toList();
    }

    private static Identifier identifier(CX field) {
        var key = PdqKey.of(field);
        return new Identifier(key.system(), key.number(), orNull(text(field.getIdentifierTypeCode())));
    }

    private static Address address(XAD field) {
        var street = text(field.getStreetAddress().getStreetOrMailingAddress());
        return new Address(
                street.isEmpty() ? List.of() : List.of(street),
                orNull(text(field.getCity())),
                orNull(text(field.getStateOrProvince())),
                orNull(text(field.getZipOrPostalCode())),
                orNull(text(field.getCountry())),
                null);
    }

    /** YYYYMMDD and what is coarser, as exact as it was sent. */
    private static String date(String hl7) {
        return switch (Math.min(hl7.length(), 8)) {
            case 4 -> hl7;
            case 6 -> hl7.substring(0, 4) + "-" + hl7.substring(4);
            case 8 -> hl7.substring(0, 4) + "-" + hl7.substring(4, 6) + "-" + hl7.substring(6, 8);
            default -> null;
        };
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
