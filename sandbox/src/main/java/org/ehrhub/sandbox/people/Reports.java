package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.LOINC;
import static org.ehrhub.sandbox.people.SiteFacts.concept;
import static org.ehrhub.sandbox.people.SiteFacts.hl7;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Diagnostic reports: one of every panel, pointing at its results, and for every third person one of an image, with what the
 * radiologist concludes and the report as text or, for every sixth person, as PDF.
 */
final class Reports {
    private final SiteFacts site;
    private final Staff staff;
    private final Results results;
    private final List<List<String>> images;

    Reports(SiteFacts site, Staff staff, Results results, WordList charts) {
        this.site = site;
        this.staff = staff;
        this.results = results;
        this.images = charts.lines("image");
    }

    static boolean hasImage(int index) {
        return index % 3 == 0;
    }

    List<Resource> of(Person person, int index) {
        var made = new ArrayList<Resource>();
        for (int number = 0; number < Results.panels(index); number++) {
            made.add(panel(person, index, number));
        }
        if (hasImage(index)) {
            made.add(image(person, index));
        }
        return made;
    }

    /** The image a person had; its code is also that of the order for it. */
    List<String> imageOf(Person person) {
        return Population.one(images, site.random(person.number(), "Image"));
    }

    private DiagnosticReport panel(Person person, int index, int number) {
        var report = started(index, "-report-panel-" + number);
        var taken = results.taken(person, number);
        report.addCategory(hl7("v2-0074", "LAB"))
                .setCode(concept(LOINC, "24321-2", "Basic metabolic 2000 panel - Serum or Plasma"))
                .setEffective(taken)
                .setIssuedElement(new InstantType(taken.getValueAsString()))
                .addPerformer(site.hospital());
        for (int part = 0; part < results.panelSize(); part++) {
            report.addResult(site.own("Observation", index, "-panel-" + number + "-" + part));
        }
        return report;
    }

    private DiagnosticReport image(Person person, int index) {
        List<String> line = imageOf(person);
        var random = site.random(person.number(), "ImageReport");
        var taken = site.past(10 + random.nextInt(600), 10 + random.nextInt(6), random.nextInt(60));
        var report = started(index, "-report-img-1");
        report.addCategory(hl7("v2-0074", "RAD").setText("Radiology"))
                .addCategory(concept(LOINC, "LP29684-5", "Radiology"))
                .setCode(concept(LOINC, line.get(0), line.get(1)))
                .setEffective(taken)
                .setIssuedElement(new InstantType(taken.getValueAsString()))
                .addPerformer(staff.practitioner(random.nextInt(Staff.PRACTITIONERS)))
                .addBasedOn(site.own("ServiceRequest", index, "-order-img"))
                .setConclusion(line.get(3));
        if (random.nextInt(20) == 0) {
            report.setStatus(DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR);
        }
        return report.addPresentedForm(form(index, line));
    }

    private Attachment form(int index, List<String> line) {
        List<String> text = List.of(line.get(1), "Findings: " + line.get(2), "Conclusion: " + line.get(3));
        var form = new Attachment().setTitle(line.get(1));
        return index % 6 == 0
                ? form.setContentType("application/pdf").setData(PdfPage.of(text))
                : form.setContentType("text/plain")
                        .setData(String.join("\n", text).getBytes(StandardCharsets.UTF_8));
    }

    private DiagnosticReport started(int index, String suffix) {
        var report = new DiagnosticReport();
        report.setId(site.patientId(index) + suffix);
        report.addIdentifier(site.identifier("report", site.patientId(index) + suffix));
        return report.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL).setSubject(site.patient(index));
    }
}
