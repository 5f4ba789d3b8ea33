package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ehrhub.fhir.FhirR4Config.Scheduling;
import org.ehrhub.sandbox.Fault;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentReschedule;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Moving an appointment on each kind of server: to a free time, to one that is taken, and when the answer is lost. */
class ReschedulingIT {
    private static final int SLOTS = 3;

    private @Nullable SandboxEhr opened;

    /** A kind of server. */
    @SuppressWarnings("ImmutableEnumChecker") // the settings are a record of enums
    enum Kind {
        TRANSACTION("stmarys", null),
        CONDITIONAL("stmarys", new Scheduling(null, Scheduling.Booking.CONDITIONAL)),
        CHECKED("lakeside", new Scheduling(Scheduling.Slots.FIND_OPERATION, null));

        private final String site;
        private final @Nullable Scheduling scheduling;

        Kind(String site, @Nullable Scheduling scheduling) {
            this.site = site;
            this.scheduling = scheduling;
        }
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void movesTheAppointmentAndFreesTheOldTime(Kind kind) {
        var ehr = open(kind);
        var slots = free(ehr);
        var booked = book(ehr, slots.get(0));
        assertThat(free(ehr))
                .extracting(Slot::slotRef)
                .doesNotContain(slots.get(0).slotRef());

        var result = Handlers.ok(move(ehr, booked, slots.get(1), "key2"));

        assertThat(result.warnings()).isEmpty();
        assertThat(result.value().appointment()).isEqualTo(booked.appointment());
        assertThat(result.value().start()).isEqualTo(slots.get(1).start());
        assertThat(result.value().status()).isEqualTo("booked");
        assertThat(result.value().practitioners())
                .extracting(one -> one.ref())
                .containsExactly(slots.get(1).practitioner().ref());
        assertThat(free(ehr))
                .extracting(Slot::slotRef)
                .contains(slots.get(0).slotRef())
                .doesNotContain(slots.get(1).slotRef());
        assertThat(Handlers.reconcile(ehr.adapter(), AppointmentTools.RESCHEDULE, input(booked, slots.get(1)), "key2"))
                .hasValue(result.value());
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheAppointmentWhereItIsWhenTheTimeIsTaken(Kind kind) {
        var ehr = open(kind);
        var slots = free(ehr);
        var booked = book(ehr, slots.get(0));
        book(ehr, slots.get(1));

        assertThat(ScriptedEhr.code(move(ehr, booked, slots.get(1), "key2"))).isEqualTo(ErrorCode.CONFLICT);

        assertThat(ScriptedEhr.code(move(ehr, booked, slots.get(2), "key3"))).isNull();
        assertThat(Handlers.reconcile(ehr.adapter(), AppointmentTools.RESCHEDULE, input(booked, slots.get(1)), "key2"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void doesItOnceUnderOneKey(Kind kind) {
        var ehr = open(kind);
        var slots = free(ehr);
        var booked = book(ehr, slots.get(0));
        var first = Handlers.ok(move(ehr, booked, slots.get(1), "key2"));

        var again = Handlers.ok(move(ehr, booked, slots.get(1), "key2"));

        assertThat(again.value()).isEqualTo(first.value());
        assertThat(again.from().version()).isEqualTo(first.from().version());
    }

    @ParameterizedTest
    @EnumSource
    void saysThatItIsThereAlready(Kind kind) {
        var ehr = open(kind);
        var slot = free(ehr).getFirst();
        var booked = book(ehr, slot);

        var result = Handlers.ok(move(ehr, booked, slot, "key2"));

        assertThat(result.warnings()).asString().contains("nothing was changed");
        assertThat(result.value().start()).isEqualTo(booked.start());
    }

    @ParameterizedTest
    @EnumSource
    void findsOrFinishesWhatWasDoneWhenTheAnswerIsLost(Kind kind) {
        var ehr = open(kind);
        var slots = free(ehr);
        var booked = book(ehr, slots.get(0));
        var move = input(booked, slots.get(1));
        ehr.sandbox().site(kind.site).fault(Fault.LOSES_ANSWERS);

        var lost = move(ehr, booked, slots.get(1), "key2");

        ehr.recover();
        assertThat(ScriptedEhr.code(lost)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        var found = Handlers.reconcile(ehr.adapter(), AppointmentTools.RESCHEDULE, move, "key2");
        if (found.isEmpty()) {
            // Only the slot was taken: the same write goes on with it.
            assertThat(kind).isEqualTo(Kind.CONDITIONAL);
            assertThat(ScriptedEhr.code(move(ehr, booked, slots.get(1), "other")))
                    .isEqualTo(ErrorCode.CONFLICT);
            found = Optional.of(
                    Handlers.ok(move(ehr, booked, slots.get(1), "key2")).value());
        }
        assertThat(found).map(Appointment::start).hasValue(slots.get(1).start());
    }

    @ParameterizedTest
    @EnumSource
    void movesNothingThatIsCancelled(Kind kind) {
        var ehr = open(kind);
        var slots = free(ehr);
        var booked = book(ehr, slots.get(0));
        Handlers.done(
                ehr.adapter(),
                AppointmentTools.CANCEL,
                new AppointmentCancel(booked.appointment(), null, null, null),
                "key1");

        assertThat(ScriptedEhr.code(move(ehr, booked, slots.get(1), "key2"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(free(ehr))
                .extracting(Slot::slotRef)
                .contains(slots.get(0).slotRef(), slots.get(1).slotRef());
    }

    private SandboxEhr open(Kind kind) {
        var ehr = new SandboxEhr(kind.site, kind.scheduling);
        opened = ehr;
        ehr.adapter().probe(Duration.ofSeconds(20));
        return ehr;
    }

    /** Free times of one practitioner, who can be in one place only. */
    private static List<Slot> free(SandboxEhr ehr) {
        var result = Handlers.<SlotSearch, Page<Slot>>call(
                ehr.adapter(), AppointmentTools.SLOT_SEARCH, ehr.freeTimes(), "none");
        var all = Handlers.ok(result).value().items();
        var slots = all.stream()
                .filter(slot -> all.getFirst().practitioner().equals(slot.practitioner()))
                .toList();
        assertThat(slots).hasSizeGreaterThanOrEqualTo(SLOTS);
        return slots;
    }

    private static Appointment book(SandboxEhr ehr, Slot slot) {
        var id = ehr.name().equals("stmarys") ? "sm-1002" : "lk-1002";
        return Handlers.done(
                ehr.adapter(),
                AppointmentTools.CREATE,
                new AppointmentCreate(new Reference(ehr.name(), "Patient", id), slot.slotRef(), "Knee", null, null),
                UUID.randomUUID().toString());
    }

    private static ToolResult<Appointment> move(SandboxEhr ehr, Appointment booked, Slot slot, String key) {
        return Handlers.call(ehr.adapter(), AppointmentTools.RESCHEDULE, input(booked, slot), key);
    }

    private static AppointmentReschedule input(Appointment booked, Slot slot) {
        SlotRef there = slot.slotRef();
        return new AppointmentReschedule(booked.appointment(), there, "Travelling", null, null);
    }
}
