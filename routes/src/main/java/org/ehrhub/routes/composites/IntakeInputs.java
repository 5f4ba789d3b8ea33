package org.ehrhub.routes.composites;

import java.util.Objects;
import java.util.Optional;
import org.ehrhub.policy.Digests;
import org.ehrhub.routes.composites.Intaking.Step;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.coverage.CoverageRecord;
import org.ehrhub.tools.intake.IntakeSync;
import org.ehrhub.tools.patients.PatientCreate;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientUpdate;
import org.ehrhub.tools.questionnaires.QuestionnaireSubmit;
import org.jspecify.annotations.Nullable;

/** What each step of an intake is called with; each write under a key of its own, made of the caller's. */
record IntakeInputs(IntakeSync asked, String ehr) {
    private static final String TAKEN_BACK = "Taken back: a later step of the intake failed";

    /**
     * A call that takes a step back.
     *
     * @param tool the tool
     * @param record what it takes back
     */
    record Undo(String tool, Record input, Reference record) {}

    PatientSearch search() {
        var who = asked.patient();
        return who.mrn() != null
                ? new PatientSearch(ehr, null, null, null, null, who.mrn(), null, null, null)
                : new PatientSearch(
                        ehr,
                        who.family(),
                        who.given().getFirst(),
                        who.birthDate(),
                        who.gender(),
                        null,
                        null,
                        null,
                        null);
    }

    PatientCreate registration() {
        var who = asked.patient();
        return new PatientCreate(
                ehr,
                who.family(),
                who.given(),
                who.birthDate(),
                who.gender(),
                who.mrn(),
                who.phone(),
                who.email(),
                null,
                null,
                null,
                key("patient"),
                null);
    }

    CoverageRecord coverage(Reference patient) {
        var pays = Objects.requireNonNull(asked.coverage());
        return coverage(patient, null, pays, null, key("coverage"));
    }

    AppointmentCreate booking(Reference patient) {
        return new AppointmentCreate(
                patient, Objects.requireNonNull(asked.slotRef()), asked.reason(), key("appointment"), null);
    }

    QuestionnaireSubmit answers(Reference patient) {
        var given = Objects.requireNonNull(asked.questionnaire());
        return new QuestionnaireSubmit(
                patient, given.questionnaire(), given.answers(), null, key("questionnaire"), null);
    }

    /** How a step is taken back; empty where nothing was written, and for the last step, after which nothing can fail. */
    Optional<Undo> undo(Step step, Reference record, Reference patient) {
        return switch (step) {
            case FIND, ANSWERS -> Optional.empty();
            case REGISTER -> Optional.of(new Undo("patient.update", putOutOfUse(record), record));
            case COVERAGE ->
                Optional.of(new Undo(
                        "coverage.record",
                        coverage(patient, record, Objects.requireNonNull(asked.coverage()), "entered-in-error", null),
                        record));
            case BOOKING ->
                Optional.of(
                        new Undo("appointment.cancel", new AppointmentCancel(record, TAKEN_BACK, null, null), record));
        };
    }

    private static PatientUpdate putOutOfUse(Reference patient) {
        return new PatientUpdate(patient, null, null, null, null, null, null, null, null, null, false, null, null);
    }

    private static CoverageRecord coverage(
            Reference patient,
            @Nullable Reference coverage,
            IntakeSync.CoveragePart pays,
            @Nullable String status,
            @Nullable String key) {
        return new CoverageRecord(
                patient,
                coverage,
                pays.memberId(),
                null,
                pays.payerName(),
                null,
                pays.plan(),
                pays.group(),
                null,
                null,
                status,
                key,
                null);
    }

    private @Nullable String key(String step) {
        var own = asked.idempotencyKey();
        return own == null ? null : Digests.sha256(own, step);
    }
}
