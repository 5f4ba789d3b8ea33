package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.hl7;

import java.util.List;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Who pays: one coverage for each person. Whether the payer knows them is in the subscriber id: {@code AAA} and two digits
 * makes the payer reject every question about it with that X12 reason. The second person's coverage is cancelled; the third,
 * fourth and fifth are rejected with 72, 42 and 75.
 */
final class Insurance {
    private static final List<String> FIRST = List.of("active", "cancelled", "AAA72", "AAA42", "AAA75");

    private final SiteFacts site;

    Insurance(SiteFacts site) {
        this.site = site;
    }

    List<Resource> of(Person person, int index) {
        var random = site.random(person.number(), "Coverage");
        boolean cancelled = random.nextInt(6) == 0;
        var coverage = new Coverage();
        coverage.setId(site.patientId(index) + "-cov-1");
        coverage.setType(hl7("v3-ActCode", random.nextBoolean() ? "EHCPOL" : "PUBLICPOL"));
        String drawn = "M%08d".formatted(random.nextInt(100_000_000));
        String habit = index < FIRST.size() ? FIRST.get(index) : cancelled ? "cancelled" : "active";
        String member = habit.startsWith("AAA") ? habit : drawn;
        coverage.setStatus(habit.equals("cancelled") ? CoverageStatus.CANCELLED : CoverageStatus.ACTIVE)
                .addIdentifier(site.identifier("member", member).setType(hl7("v2-0203", "MB")))
                .setSubscriberId(member)
                .setSubscriber(site.patient(index))
                .setBeneficiary(site.patient(index))
                .setRelationship(hl7("subscriber-relationship", "self"))
                .addPayor(new Reference("Organization/" + site.prefix() + "-payer").setDisplay("Example Health Plan"))
                .setPeriod(new Period()
                        .setStartElement(new DateTimeType(site.today()
                                .withDayOfYear(1)
                                .minusYears(random.nextInt(4))
                                .toString())));
        coverage.addClass_()
                .setType(hl7("coverage-class", "plan"))
                .setValue("EHP-%d".formatted(100 + random.nextInt(3)))
                .setName("Example Plan");
        coverage.addClass_()
                .setType(hl7("coverage-class", "group"))
                .setValue("G%04d".formatted(random.nextInt(10_000)))
                .setName("Example Group");
        return List.of(coverage);
    }
}
