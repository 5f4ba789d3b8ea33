package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.LOINC;
import static org.ehrhub.sandbox.people.SiteFacts.concept;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Notes and letters: the text of some is in the DocumentReference, that of others in a Binary its attachment points at, some
 * are PDF or HTML, a few not signed yet, replaced or entered in error.
 */
final class Documents {
    private static final String CATEGORIES =
            "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category";

    private final SiteFacts site;
    private final Staff staff;
    private final List<List<String>> notes;

    Documents(SiteFacts site, Staff staff, WordList charts) {
        this.site = site;
        this.staff = staff;
        this.notes = charts.lines("note");
    }

    List<Resource> of(Person person, int index) {
        var made = new ArrayList<Resource>();
        progressNote(person, index).ifPresent(made::add);
        if (hasSummary(index)) {
            var summary = started(person, index, 2, concept(LOINC, "18842-5", "Discharge summary"));
            made.add(content(
                    summary, pointing(index, 2, "text/plain; charset=utf-8").setTitle("Discharge summary")));
        }
        if (hasLetter(index)) {
            var letter = started(person, index, 3, concept(LOINC, "11488-4", "Consult note"));
            made.add(content(letter, pointing(index, 3, "application/pdf").setTitle("Letter of a specialist")));
        }
        if (index % 10 == 3) {
            var mistaken = started(person, index, 4, concept(LOINC, "11506-3", "Progress note"));
            mistaken.setStatus(DocumentReferenceStatus.ENTEREDINERROR);
            made.add(content(mistaken, text("text/plain", "Written in another person's chart.")));
        }
        if (index % 10 == 5) {
            var page = started(person, index, 5, concept(LOINC, "34108-1", "Outpatient Note"));
            page.setDocStatus(DocumentReference.ReferredDocumentStatus.PRELIMINARY);
            made.add(content(
                    page,
                    text(
                            "text/html",
                            "<html><body><h1>Visit</h1><p>Blood pressure &lt; 140/90.</p>"
                                    + "<script>alert('synthetic')</script></body></html>")));
        }
        return made;
    }

    /** What the attachments point at. */
    List<Resource> binaries(Person person, int index) {
        var made = new ArrayList<Resource>();
        if (hasSummary(index)) {
            String summary = "Admitted for observation, discharged in good condition.\nMedication as before."
                    + " Review by the general practitioner in two weeks.\n";
            made.add(binary(index, 2, "text/plain; charset=utf-8", summary.getBytes(StandardCharsets.UTF_8)));
        }
        if (hasLetter(index)) {
            String name = String.join(" ", person.given()) + " " + person.family();
            byte[] page = PdfPage.of(List.of(
                    "Consultation of " + name.replaceAll("[^\\x20-\\x7e\\xa0-\\xff]", "?"),
                    "Dear colleague,",
                    "thank you for referring this patient. The examination was normal.",
                    "I recommend the present treatment and a review in six months."));
            made.add(binary(index, 3, "application/pdf", page));
        }
        return made;
    }

    private static boolean hasSummary(int index) {
        return index % 3 == 0;
    }

    private static boolean hasLetter(int index) {
        return index % 4 == 0;
    }

    private Optional<Resource> progressNote(Person person, int index) {
        var random = site.random(person.number(), "DocumentReference");
        if (random.nextInt(2) != 0) {
            return Optional.empty();
        }
        var note = started(person, index, 1, concept(LOINC, "11506-3", "Progress note"));
        note.setDateElement(
                new InstantType(site.past(5 + random.nextInt(700), 12, 0).getValueAsString()));
        return Optional.of(
                content(note, text("text/plain", Population.one(notes, random).getFirst())));
    }

    private DocumentReference started(Person person, int index, int number, CodeableConcept type) {
        var random = site.random(person.number(), "Document" + number);
        String date = site.past(5 + random.nextInt(900), 8 + random.nextInt(10), random.nextInt(60))
                .getValueAsString();
        var document = new DocumentReference();
        document.setId(site.patientId(index) + "-doc-" + number);
        document.addIdentifier(site.identifier("document", site.patientId(index) + "-doc-" + number));
        document.getContext().addEncounter(site.own("Encounter", index, "-enc-0"));
        return document.setStatus(DocumentReferenceStatus.CURRENT)
                .setDocStatus(DocumentReference.ReferredDocumentStatus.FINAL)
                .setType(type)
                .addCategory(concept(CATEGORIES, "clinical-note", "Clinical Note"))
                .setSubject(site.patient(index))
                .setDateElement(new InstantType(date))
                .addAuthor(staff.practitioner(random.nextInt(Staff.PRACTITIONERS)));
    }

    private static DocumentReference content(DocumentReference document, Attachment attachment) {
        document.addContent().setAttachment(attachment);
        return document;
    }

    private static Attachment text(String type, String text) {
        return new Attachment().setContentType(type).setData(text.getBytes(StandardCharsets.UTF_8));
    }

    private Attachment pointing(int index, int number, String type) {
        return new Attachment().setContentType(type).setUrl("Binary/" + binaryId(index, number));
    }

    private Binary binary(int index, int number, String type, byte[] data) {
        var binary = new Binary();
        binary.setId(binaryId(index, number));
        binary.setContentType(type)
                .setSecurityContext(site.own("DocumentReference", index, "-doc-" + number))
                .setData(data);
        return binary;
    }

    private String binaryId(int index, int number) {
        return site.patientId(index) + "-bin-" + number;
    }
}
