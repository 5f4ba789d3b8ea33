package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.LOINC;

import java.util.List;
import java.util.SplittableRandom;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** The site's questionnaires, the PHQ-2 and an intake form, and what every second person answered to one of them. */
final class Forms {
    private static final List<String> FREQUENCIES = List.of(
            "LA6568-5|Not at all",
            "LA6569-3|Several days",
            "LA6570-1|More than half the days",
            "LA6571-9|Nearly every day");

    private final SiteFacts site;
    private final List<List<String>> phq2;
    private final List<List<String>> intake;

    Forms(SiteFacts site, WordList charts) {
        this.site = site;
        this.phq2 = charts.lines("phq2");
        this.intake = charts.lines("intake");
    }

    List<Resource> questionnaires() {
        var screening = started("phq-2", "Patient Health Questionnaire 2 item (PHQ-2)");
        screening.addCode(new Coding(LOINC, "55757-9", "Patient Health Questionnaire 2 item (PHQ-2) [Reported]"));
        for (List<String> line : phq2) {
            var item = screening
                    .addItem()
                    .setLinkId(line.get(0))
                    .setText(line.get(1))
                    .setType(QuestionnaireItemType.CHOICE)
                    .setRequired(true)
                    .addCode(new Coding(LOINC, line.get(0), line.get(1)));
            FREQUENCIES.forEach(answer -> item.addAnswerOption().setValue(frequency(answer)));
        }
        var admission = started("intake", "Intake form");
        for (List<String> line : intake) {
            admission
                    .addItem()
                    .setLinkId(line.get(0))
                    .setText(line.get(1))
                    .setType(QuestionnaireItemType.fromCode(line.get(2)));
        }
        return List.of(screening, admission);
    }

    List<Resource> responses(Person person, int index) {
        if (index % 2 != 0) {
            return List.of();
        }
        var random = site.random(person.number(), "QuestionnaireResponse");
        boolean screening = index % 4 == 0;
        var response = new QuestionnaireResponse();
        response.setId(site.patientId(index) + "-form-1");
        response.setIdentifier(site.identifier("form", site.patientId(index) + "-form-1"));
        response.setQuestionnaire(site.definition("Questionnaire/" + (screening ? "phq-2" : "intake")))
                .setStatus(
                        random.nextInt(6) == 0
                                ? QuestionnaireResponseStatus.INPROGRESS
                                : QuestionnaireResponseStatus.COMPLETED)
                .setSubject(site.patient(index))
                .setAuthoredElement(site.past(1 + random.nextInt(300), 8 + random.nextInt(9), random.nextInt(60)))
                .setAuthor(site.patient(index));
        for (List<String> line : screening ? phq2 : intake) {
            response.addItem()
                    .setLinkId(line.get(0))
                    .setText(line.get(1))
                    .addAnswer()
                    .setValue(screening ? frequency(Population.one(FREQUENCIES, random)) : answer(line, random));
        }
        return List.of(response);
    }

    private Questionnaire started(String name, String title) {
        var questionnaire = new Questionnaire();
        questionnaire.setId(site.prefix() + "-form-" + name);
        return questionnaire
                .setUrl(site.definition("Questionnaire/" + name))
                .setName(name.equals("intake") ? "Intake" : "Phq2")
                .setTitle(title)
                .setStatus(PublicationStatus.ACTIVE)
                .addSubjectType("Patient");
    }

    private static Type answer(List<String> line, SplittableRandom random) {
        return line.get(2).equals("boolean")
                ? new BooleanType(random.nextBoolean())
                : new StringType(line.get(3 + random.nextInt(line.size() - 3)));
    }

    private static Coding frequency(String answer) {
        String[] parts = answer.split("\\|", 2);
        return new Coding(LOINC, parts[0], parts[1]);
    }
}
