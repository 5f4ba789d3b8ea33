package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.LOINC;
import static org.ehrhub.sandbox.people.SiteFacts.SNOMED;
import static org.ehrhub.sandbox.people.SiteFacts.concept;
import static org.ehrhub.sandbox.people.SiteFacts.hl7;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/**
 * What was ordered: the image of each image report, laboratory tests still open for every second person, referrals not sent
 * yet for every third. Every fifth person has an image still to be made, by turns a CT Chest, a US Abdomen and an XR Chest:
 * a payer who is asked for prior authorisation pends the first, refuses the second and certifies the third.
 */
final class Orders {
    private final SiteFacts site;
    private final Staff staff;
    private final Reports reports;
    private final List<List<String>> referrals;
    private final List<List<String>> images;

    Orders(SiteFacts site, Staff staff, Reports reports, WordList charts) {
        this.site = site;
        this.staff = staff;
        this.reports = reports;
        this.images = charts.lines("image").reversed();
        this.referrals = charts.lines("specialty");
    }

    static boolean hasOpenTest(int index) {
        return index % 2 == 1;
    }

    static boolean hasReferral(int index) {
        return index % 3 == 1;
    }

    List<Resource> of(Person person, int index) {
        var made = new ArrayList<Resource>();
        if (Reports.hasImage(index)) {
            List<String> line = reports.imageOf(person);
            made.add(started(person, index, "-order-img")
                    .setStatus(ServiceRequestStatus.COMPLETED)
                    .addCategory(concept(SNOMED, "363679005", "Imaging"))
                    .setCode(concept(LOINC, line.get(0), line.get(1))));
        }
        if (hasOpenTest(index)) {
            made.add(started(person, index, "-order-1")
                    .setStatus(ServiceRequestStatus.ACTIVE)
                    .setPriority(index % 10 == 1 ? ServiceRequestPriority.URGENT : ServiceRequestPriority.ROUTINE)
                    .addCategory(concept(SNOMED, "108252007", "Laboratory procedure"))
                    .setCode(concept(LOINC, "24321-2", "Basic metabolic 2000 panel - Serum or Plasma")));
        }
        if (index % 5 == 0) {
            List<String> line = images.get(index / 5 % images.size());
            made.add(started(person, index, "-order-2")
                    .setStatus(ServiceRequestStatus.ACTIVE)
                    .addCategory(concept(SNOMED, "363679005", "Imaging"))
                    .setCode(concept(LOINC, line.get(0), line.get(1))));
        }
        if (hasReferral(index)) {
            made.add(referral(person, index));
        }
        return made;
    }

    private ServiceRequest referral(Person person, int index) {
        List<String> specialty = Population.one(referrals, site.random(person.number(), "Referral"));
        var referral = started(person, index, "-referral-1")
                .setStatus(ServiceRequestStatus.DRAFT)
                .addCategory(concept(SNOMED, "3457005", "Patient referral"))
                .setCode(concept(SNOMED, "103696004", "Patient referral to specialist"))
                .setPerformerType(concept(SNOMED, specialty.get(0), specialty.get(1)));
        referral.addNote().setText("Please see and advise.");
        return referral;
    }

    private ServiceRequest started(Person person, int index, String suffix) {
        var random = site.random(person.number(), "Order" + suffix);
        var request = new ServiceRequest();
        request.setId(site.patientId(index) + suffix);
        request.addIdentifier(
                site.identifier("order", site.patientId(index) + suffix).setType(hl7("v2-0203", "PLAC")));
        return request.setIntent(ServiceRequestIntent.ORDER)
                .setPriority(ServiceRequestPriority.ROUTINE)
                .setSubject(site.patient(index))
                .setEncounter(site.own("Encounter", index, "-enc-0"))
                .setAuthoredOnElement(site.past(2 + random.nextInt(60), 9 + random.nextInt(8), random.nextInt(60)))
                .setRequester(staff.practitioner(random.nextInt(Staff.PRACTITIONERS)));
    }
}
