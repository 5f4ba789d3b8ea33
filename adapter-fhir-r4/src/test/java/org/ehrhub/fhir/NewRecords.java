package org.ehrhub.fhir;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.VitalRecord;
import org.ehrhub.tools.coverage.CoverageRecord;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.documents.NoteDraft;
import org.ehrhub.tools.messages.MessageSend;
import org.ehrhub.tools.messages.MessageTools;
import org.ehrhub.tools.orders.OrderDraft;
import org.ehrhub.tools.orders.OrderTools;
import org.ehrhub.tools.orders.ReferralDraft;
import org.ehrhub.tools.patients.PatientCreate;
import org.ehrhub.tools.patients.PatientTools;
import org.ehrhub.tools.questionnaires.QuestionnaireSubmit;
import org.ehrhub.tools.questionnaires.QuestionnaireTools;
import org.ehrhub.tools.tasks.TaskCreate;
import org.ehrhub.tools.tasks.TaskTools;
import org.jspecify.annotations.Nullable;

/** A call of each tool that writes a new record. */
final class NewRecords {
    static final String INTAKE = "https://stmarys.example/fhir/Questionnaire/intake";

    private NewRecords() {}

    /**
     * A call.
     *
     * @param type the type of the record it makes
     */
    record Case<I extends Record, O extends Record>(CanonicalTool<I, O> tool, I input, String type) {
        @Override
        public String toString() {
            return tool.name();
        }
    }

    static Stream<Case<?, ?>> about(Reference patient) {
        return Stream.of(
                new Case<>(PatientTools.CREATE, person(patient.ehr()), "Patient"),
                new Case<>(DocumentTools.DRAFT_NOTE, note(patient, null), "DocumentReference"),
                new Case<>(ChartTools.RECORD_VITAL, pressure(patient), "Observation"),
                new Case<>(OrderTools.DRAFT, order(patient), "ServiceRequest"),
                new Case<>(OrderTools.DRAFT_REFERRAL, referral(patient), "ServiceRequest"),
                new Case<>(TaskTools.CREATE, task(patient), "Task"),
                new Case<>(MessageTools.SEND, message(patient), "Communication"),
                new Case<>(CoverageTools.RECORD, coverage(patient), "Coverage"),
                new Case<>(QuestionnaireTools.SUBMIT, answers(patient), "QuestionnaireResponse"));
    }

    static PatientCreate person(String ehr) {
        return new PatientCreate(
                ehr,
                "Zebrowski",
                List.of("Nadia", "Maria"),
                "1984-05-17",
                "female",
                null,
                "+1 555 010 0142",
                "nadia@example.org",
                null,
                "pl",
                null,
                null,
                null);
    }

    static NoteDraft note(Reference patient, @Nullable Reference encounter) {
        return new NoteDraft(patient, "Call about results", "First line\nÄrger, 5 µg", null, encounter, null, null);
    }

    static VitalRecord pressure(Reference patient) {
        return new VitalRecord(
                patient,
                "blood-pressure",
                new BigDecimal("120.0"),
                new BigDecimal("80"),
                "mm[Hg]",
                OffsetDateTime.parse("2026-03-01T09:00:00-05:00"),
                null,
                null,
                null);
    }

    static OrderDraft order(Reference patient) {
        return new OrderDraft(
                patient,
                "laboratory",
                "Hemoglobin A1c",
                "loinc|4548-4",
                "urgent",
                "Diabetes",
                "Fasting",
                null,
                null,
                null);
    }

    static ReferralDraft referral(Reference patient) {
        var organization = new Reference(patient.ehr(), "Organization", "sm-org");
        return new ReferralDraft(
                patient, "Cardiology", null, organization, null, "Palpitations", "Please see", null, null, null);
    }

    static TaskCreate task(Reference patient) {
        var owner = new Reference(patient.ehr(), "Practitioner", "sm-prac-1");
        var due = OffsetDateTime.parse("2026-12-24T12:00:00+01:00");
        return new TaskCreate(patient, "Call the patient", owner, due, "asap", null, "After lunch", null, null);
    }

    static MessageSend message(Reference patient) {
        return new MessageSend(patient, "Please bring your medication list.", "Your appointment", null, null, null);
    }

    static CoverageRecord coverage(Reference patient) {
        return new CoverageRecord(
                patient,
                null,
                "M12345678",
                null,
                "Example Health Plan",
                null,
                "Gold",
                "G-1",
                "2026-01-01",
                null,
                null,
                null,
                null);
    }

    static QuestionnaireSubmit answers(Reference patient) {
        return new QuestionnaireSubmit(
                patient,
                INTAKE,
                List.of(new QuestionnaireSubmit.Answer("reason", "Yearly check-up", null, null, null, null)),
                OffsetDateTime.parse("2026-03-01T10:00:00-05:00"),
                null,
                null);
    }
}
