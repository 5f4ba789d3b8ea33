package org.ehrhub.fhir.patients;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.patients.Contact;
import org.ehrhub.tools.patients.Identifier;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientDetails;
import org.ehrhub.tools.patients.PatientMatch;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** FHIR's Patient (R4, 8.1) in the hub's form; dates keep the exactness they were written with. */
final class PatientRecords {
    private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
    private static final List<NameUse> BEST_FIRST = List.of(NameUse.OFFICIAL, NameUse.USUAL);

    private PatientRecords() {}

    static Patient patient(String ehr, URI base, org.hl7.fhir.r4.model.Patient source) {
        return new Patient(
                        reference(ehr, source),
                        shown(name(source)),
                        source.getBirthDateElement().getValueAsString(),
                        gender(source),
                        null,
                        null,
                        null,
                        null,
                        language(source),
                        outOfUse(source) ? Boolean.FALSE : null,
                        deceased(source),
                        source.getDeceased() instanceof DateTimeType when ? when.getValueAsString() : null,
                        replacedBy(ehr, base, source),
                        details(source))
                .withMain();
    }

    static PatientMatch match(String ehr, URI base, org.hl7.fhir.r4.model.Patient source) {
        return patient(ehr, base, source).match();
    }

    private static PatientDetails details(org.hl7.fhir.r4.model.Patient source) {
        var name = name(source);
        return new PatientDetails(
                text(name.getFamily()),
                texts(name.getGiven()),
                identifiers(source),
                source.getTelecom().stream()
                        .filter(ContactPoint::hasValue)
                        .map(PatientRecords::contact)
                        .toList(),
                source.getAddress().stream().map(PatientRecords::address).toList());
    }

    private static boolean outOfUse(org.hl7.fhir.r4.model.Patient source) {
        return source.hasActive() && !source.getActive();
    }

    private static @Nullable Reference replacedBy(String ehr, URI base, org.hl7.fhir.r4.model.Patient source) {
        return source.getLink().stream()
                .filter(link -> link.getType() == LinkType.REPLACEDBY)
                .map(link -> FhirId.reference(ehr, base, link.getOther().getReference()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Reference reference(String ehr, org.hl7.fhir.r4.model.Patient source) {
        return new Reference(ehr, "Patient", source.getIdPart());
    }

    /** The official name, else the usual one, else the first that is not a former one. */
    static HumanName name(org.hl7.fhir.r4.model.Patient source) {
        var names = source.getName();
        for (var use : BEST_FIRST) {
            for (var name : names) {
                if (name.getUse() == use) {
                    return name;
                }
            }
        }
        return names.stream()
                .filter(name -> name.getUse() != NameUse.OLD && name.getUse() != NameUse.MAIDEN)
                .findFirst()
                .orElseGet(() -> names.isEmpty() ? new HumanName() : names.getFirst());
    }

    private static @Nullable String shown(HumanName name) {
        return text(name.hasText() ? name.getText() : name.getNameAsSingleString());
    }

    private static @Nullable String gender(org.hl7.fhir.r4.model.Patient source) {
        return source.hasGender() ? source.getGender().toCode() : null;
    }

    private static @Nullable Boolean deceased(org.hl7.fhir.r4.model.Patient source) {
        return switch (source.getDeceased()) {
            case BooleanType said -> said.booleanValue() ? Boolean.TRUE : null;
            case DateTimeType when -> when.hasValue();
            case null, default -> null;
        };
    }

    private static List<Identifier> identifiers(org.hl7.fhir.r4.model.Patient source) {
        return source.getIdentifier().stream()
                .filter(one -> one.hasValue() && !WriteKeys.isOne(one))
                .map(identifier ->
                        new Identifier(text(identifier.getSystem()), identifier.getValue(), type(identifier)))
                .toList();
    }

    private static @Nullable String type(org.hl7.fhir.r4.model.Identifier identifier) {
        return identifier.getType().getCoding().stream()
                .filter(coding -> IDENTIFIER_TYPES.equals(coding.getSystem()))
                .map(Coding::getCode)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Contact contact(ContactPoint source) {
        return new Contact(
                source.hasSystem() ? source.getSystem().toCode() : "other",
                source.getValue(),
                source.hasUse() ? source.getUse().toCode() : null);
    }

    static org.ehrhub.tools.patients.Address address(Address source) {
        var lines = texts(source.getLine());
        return new org.ehrhub.tools.patients.Address(
                lines.isEmpty() && source.hasText() ? List.of(source.getText()) : lines,
                text(source.getCity()),
                text(source.getState()),
                text(source.getPostalCode()),
                text(source.getCountry()),
                source.hasUse() ? source.getUse().toCode() : null);
    }

    /** The preferred language, else the only one. */
    static @Nullable String language(org.hl7.fhir.r4.model.Patient source) {
        var spoken = source.getCommunication();
        return spoken.stream()
                .filter(one -> one.getPreferred() || spoken.size() == 1)
                .findFirst()
                .flatMap(one -> Optional.ofNullable(
                        text(one.getLanguage().getCodingFirstRep().getCode())))
                .orElse(null);
    }

    /** Without those that hold only an extension, such as why they are missing. */
    static List<String> texts(List<StringType> values) {
        return values.stream()
                .filter(StringType::hasValue)
                .map(StringType::getValue)
                .toList();
    }

    private static @Nullable String text(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
