package org.ehrhub.sandbox.people;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** The Patient resource of each person; address and telephone are the site's own knowledge and may differ between sites. */
final class PatientRecords {
    private static final String NATIONAL = "urn:ehrhub:sandbox:person";

    private final SiteFacts site;
    private final List<String> streets;
    private final List<List<String>> places;

    PatientRecords(SiteFacts site, WordList names) {
        this.site = site;
        this.streets = names.words("street");
        this.places = names.words("place." + site.key()).stream()
                .map(place -> List.of(place.split("\\|", -1)))
                .toList();
    }

    List<Resource> of(Person person, int index) {
        var random = site.random(person.number(), "Patient");
        var patient = new Patient();
        patient.setId(site.patientId(index));
        patient.addIdentifier()
                .setUse(Identifier.IdentifierUse.USUAL)
                .setType(SiteFacts.hl7("v2-0203", "MR"))
                .setSystem("https://" + site.key() + ".example/mrn")
                .setValue("%s%06d".formatted(site.prefix().toUpperCase(Locale.ROOT), 100_000 + index));
        patient.addIdentifier().setSystem(NATIONAL).setValue(person.nationalNumber());
        patient.setActive(true);
        HumanName name = patient.addName().setUse(HumanName.NameUse.OFFICIAL).setFamily(person.family());
        person.given().forEach(name::addGiven);
        patient.setGender(person.gender());
        patient.setBirthDateElement(new DateType(person.birthDate().toString()));
        contact(patient, random);
        if (person.deceased()) {
            patient.setDeceased(new DateTimeType(
                    site.today().minusDays(100 + random.nextInt(900)).toString()));
        } else if (random.nextInt(3) == 0) {
            patient.setDeceased(new BooleanType(false));
        }
        return List.of(patient);
    }

    private void contact(Patient patient, SplittableRandom random) {
        String phone = site.key().equals("stmarys")
                ? "+1-518-555-%04d".formatted(100 + random.nextInt(100))
                : "+44 1632 960%03d".formatted(random.nextInt(1000));
        patient.addTelecom()
                .setSystem(ContactPointSystem.PHONE)
                .setUse(ContactPointUse.MOBILE)
                .setValue(phone);
        if (random.nextInt(2) == 0) {
            patient.addTelecom()
                    .setSystem(ContactPointSystem.EMAIL)
                    .setValue(patient.getIdElement().getIdPart() + "@mail.example");
        }
        List<String> place = Population.one(places, random);
        patient.addAddress()
                .setUse(Address.AddressUse.HOME)
                .addLine((1 + random.nextInt(180)) + " " + Population.one(streets, random))
                .setCity(place.get(0))
                .setState(place.get(1))
                .setPostalCode(place.get(2))
                .setCountry(place.get(3));
    }
}
