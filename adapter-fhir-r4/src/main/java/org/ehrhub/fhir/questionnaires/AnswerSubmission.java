package org.ehrhub.fhir.questionnaires;

import java.util.List;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.fhir.writing.HubDevice;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.fhir.writing.Times;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.questionnaires.QuestionnaireAnswers;
import org.ehrhub.tools.questionnaires.QuestionnaireSubmit;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;

/** {@code questionnaire.submit}: answers of a patient, checked against the questionnaire as the EHR has it. */
final class AnswerSubmission
        implements Creation.Form<QuestionnaireSubmit, QuestionnaireResponse, QuestionnaireAnswers> {
    private static final String NOT_COMPLETE =
            "Questions that must be answered have no answer, so the EHR holds the answers as in progress.";

    private final FhirServer server;
    private final Links links;
    private final KnownQuestionnaires known;

    AnswerSubmission(FhirServer server) {
        this.server = server;
        this.links = new Links(server);
        this.known = new KnownQuestionnaires(server);
    }

    @Override
    public Class<QuestionnaireResponse> type() {
        return QuestionnaireResponse.class;
    }

    @Override
    public QuestionnaireResponse draft(QuestionnaireSubmit input, CallContext call) {
        var authored = input.authored() == null
                ? new DateTimeType(Times.now(server.clock()))
                : Times.past(input.authored(), "authored", server.clock());
        var patient = links.patient(input.patient(), call);
        var questionnaire = known.find(input.questionnaire(), call);
        var sheet = new AnswerSheet(questionnaire.getItem(), input.answers());
        var response = new QuestionnaireResponse()
                .setQuestionnaire(canonical(questionnaire))
                .setStatus(
                        sheet.lacks(questionnaire.getItem())
                                ? QuestionnaireResponseStatus.INPROGRESS
                                : QuestionnaireResponseStatus.COMPLETED)
                .setSubject(patient)
                .setSource(patient.copy())
                .setAuthor(HubDevice.reference())
                .setAuthoredElement(authored);
        return response.setItem(sheet.filled(questionnaire.getItem()));
    }

    @Override
    public boolean fits(QuestionnaireSubmit input, QuestionnaireResponse held) {
        return links.isOf(held, input.patient());
    }

    @Override
    public QuestionnaireAnswers shown(QuestionnaireResponse held) {
        return new QuestionnaireAnswers(
                new Reference(server.ehr(), "QuestionnaireResponse", held.getIdPart()),
                held.getQuestionnaire(),
                held.hasStatus() ? held.getStatus().toCode() : null,
                held.getAuthoredElement().getValueAsString(),
                answers(held.getItem()),
                server.reference(held.getSubject()));
    }

    @Override
    public List<String> warnings(QuestionnaireResponse held) {
        return held.getStatus() == QuestionnaireResponseStatus.INPROGRESS ? List.of(NOT_COMPLETE) : List.of();
    }

    private static String canonical(Questionnaire questionnaire) {
        return questionnaire.hasVersion()
                ? questionnaire.getUrl() + "|" + questionnaire.getVersion()
                : questionnaire.getUrl();
    }

    private static int answers(List<QuestionnaireResponseItemComponent> items) {
        return items.stream()
                .mapToInt(item -> item.getAnswer().size()
                        + answers(item.getItem())
                        + item.getAnswer().stream()
                                .mapToInt(answer -> answers(answer.getItem()))
                                .sum())
                .sum();
    }
}
