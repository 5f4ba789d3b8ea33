package org.ehrhub.sandbox.people;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Who works at a site and where: eight practitioners, two places, the site itself and one payer. */
final class Staff {
    static final int PRACTITIONERS = 8;

    private static final int LOCATIONS = 2;

    private final SiteFacts site;
    private final WordList names;
    private final List<List<String>> specialties;

    Staff(SiteFacts site, WordList names, WordList charts) {
        this.site = site;
        this.names = names;
        this.specialties = charts.lines("specialty");
    }

    String practitionerId(int number) {
        return site.prefix() + "-dr-" + (1 + number);
    }

    Reference practitioner(int number) {
        return new Reference("Practitioner/" + practitionerId(number)).setDisplay("Dr " + name(number));
    }

    Reference location(int practitioner) {
        return new Reference("Location/" + locationId(practitioner % LOCATIONS));
    }

    CodeableConcept specialty(int practitioner) {
        List<String> line = specialties.get(practitioner % specialties.size());
        return SiteFacts.concept(SiteFacts.SNOMED, line.get(0), line.get(1));
    }

    List<Resource> organizations() {
        var hospital = new Organization().setActive(true).setName(title());
        hospital.setId(site.prefix() + "-org");
        var payer = new Organization().setActive(true).setName("Example Health Plan");
        payer.setId(site.prefix() + "-payer");
        payer.addType(SiteFacts.hl7("organization-type", "pay"));
        payer.addIdentifier(site.identifier("payer", "EHP01"));
        hospital.addType(SiteFacts.hl7("organization-type", "prov"));
        hospital.addIdentifier(site.identifier("organization", "ORG01"));
        return List.of(hospital, payer);
    }

    List<Resource> locations() {
        return made(LOCATIONS, number -> {
            var location = new Location();
            location.setId(locationId(number));
            location.setStatus(Location.LocationStatus.ACTIVE)
                    .setName(title() + (number == 0 ? ", Main Building" : ", Outpatient Clinic"))
                    .setManagingOrganization(new Reference("Organization/" + site.prefix() + "-org"));
            return location;
        });
    }

    List<Resource> practitioners() {
        return made(PRACTITIONERS, number -> {
            var practitioner = new Practitioner();
            practitioner.setId(practitionerId(number));
            practitioner.setActive(true);
            practitioner
                    .addIdentifier()
                    .setSystem("https://" + site.key() + ".example/staff")
                    .setValue("S%04d".formatted(100 + number));
            String[] words = name(number).split(" ", 2);
            practitioner.addName().addGiven(words[0]).setFamily(words[1]).addPrefix("Dr");
            return practitioner;
        });
    }

    List<Resource> roles() {
        return made(PRACTITIONERS, number -> {
            var role = new PractitionerRole();
            role.setId(site.prefix() + "-role-" + (1 + number));
            role.setActive(true)
                    .setPractitioner(practitioner(number))
                    .setOrganization(new Reference("Organization/" + site.prefix() + "-org"))
                    .addSpecialty(specialty(number))
                    .addLocation(location(number));
            return role;
        });
    }

    private String name(int number) {
        var random = site.random(number, "Practitioner");
        List<String> given = names.words(number % 2 == 0 ? "female" : "male");
        return Population.one(given, random) + " " + Population.one(names.words("family"), random);
    }

    private String locationId(int number) {
        return site.prefix() + "-loc-" + (1 + number);
    }

    private String title() {
        return site.key().equals("stmarys") ? "St Mary's Hospital (synthetic)" : "Lakeside Practice (synthetic)";
    }

    private static List<Resource> made(int count, IntFunction<Resource> maker) {
        return IntStream.range(0, count).mapToObj(maker).toList();
    }
}
