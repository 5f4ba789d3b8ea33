package org.ehrhub.medplum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.medplum.MedplumClinic.between;
import static org.ehrhub.medplum.MedplumClinic.call;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Health;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MedplumTrialIT {
    private static final String MONDAY = "2026-12-07T00:00:00-05:00";
    private static final String TUESDAY = "2026-12-08T00:00:00-05:00";

    private MedplumClinic clinic;

    @BeforeEach
    void open() throws IOException {
        clinic = MedplumClinic.open();
    }

    @AfterEach
    void close() {
        clinic.close();
    }

    @Test
    void findsTheFreeTimesOfEveryScheduleInTheSpan() {
        var page = clinic.free(between(MONDAY, TUESDAY, 100), call());

        assertThat(page.items()).hasSize(30).allSatisfy(slot -> {
            assertThat(slot.start().toInstant())
                    .isBetween(Instant.parse("2026-12-07T14:00:00Z"), Instant.parse("2026-12-07T21:00:00Z"));
            assertThat(slot.serviceType().code()).isEqualTo("urn:example:visits|office");
        });
        assertThat(page.items())
                .extracting(slot -> slot.practitioner().ref().id())
                .containsOnly("hill", "young");
        assertThat(page.complete()).isTrue();
    }

    @Test
    void findsATimeThatStartsInTheSpanAndEndsAfterIt() {
        var page = clinic.free(between(MONDAY, "2026-12-07T09:10:00-05:00", 100), call());

        assertThat(page.items()).hasSize(2);
    }

    @Test
    void findsTheTimesOfAWholeMonthAlthoughTheServerTakesNoMore() {
        var all = all(between("2026-12-01T00:00:00-05:00", "2027-01-01T00:00:00-05:00", 100));

        assertThat(all).hasSize(23 * 15 * 2).doesNotHaveDuplicates();
    }

    @Test
    void narrowsByPractitionerAndByServiceType() {
        var hill = new SlotSearch(
                null, time(MONDAY), time(TUESDAY), new Reference("clinic", "Practitioner", "hill"), null, null, 100);
        var surgery = new SlotSearch("clinic", time(MONDAY), time(TUESDAY), null, "surgery", null, null);
        var office =
                new SlotSearch("clinic", time(MONDAY), time(TUESDAY), null, "urn:example:visits|office", null, 100);

        assertThat(clinic.free(hill, call()).items())
                .hasSize(15)
                .extracting(slot -> slot.practitioner().ref().id())
                .containsOnly("hill");
        assertThat(clinic.free(surgery, call()).items()).isEmpty();
        assertThat(clinic.free(office, call()).items()).hasSize(30);
    }

    @Test
    void booksATimeThatHasNoIdInTheServer() {
        var booked = ok(clinic.book(clinic.booking(first(), "Sore throat"), "k1"));

        assertThat(booked.value().status()).isEqualTo("booked");
        assertThat(booked.value().start()).isEqualTo(time("2026-12-07T14:00:00Z"));
        assertThat(booked.value().reason()).isEqualTo("Sore throat");
        assertThat("Patient/" + booked.value().patient().ref().id()).isEqualTo(clinic.patient());
        assertThat(booked.from().version())
                .isEqualTo(clinic.diary().visits().getFirst().version());
        assertThat(booked.warnings()).isEmpty();
        assertThat(clinic.free(between(MONDAY, TUESDAY, 100), call()).items()).hasSize(28); // the buffer takes one more
    }

    @Test
    void warnsWhenTheAppointmentStandsButItsReasonDoesNot() {
        clinic.stub().mood(MedplumStub.Mood.REFUSING_UPDATES);

        var booked = ok(clinic.book(clinic.booking(first(), "Sore throat"), "k1"));

        assertThat(booked.value().reason()).isNull();
        assertThat(booked.warnings()).hasSize(1);
        assertThat(clinic.diary().visits()).hasSize(1);
    }

    @Test
    void refusesATimeThatIsTakenOrNoLongerOffered() {
        var slots = clinic.free(between(MONDAY, TUESDAY, 100), call()).items();
        ok(clinic.book(clinic.booking(slots.get(2), null), "k1"));

        assertThat(code(clinic.book(clinic.booking(slots.get(2), null), "k2"))).isEqualTo(ErrorCode.CONFLICT);
        // free when it was found, but its buffer would now reach into the booking after it
        assertThat(code(clinic.book(clinic.booking(slots.get(1), null), "k3"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(clinic.diary().visits()).hasSize(1);
    }

    @Test
    void refusesATimeOutsideHoursAndAnUnknownPatient() {
        var free = FreeTime.of(first().slotRef());
        var night =
                new FreeTime(free.schedule(), "2026-12-07T08:00:00Z", "2026-12-07T08:30:00Z", free.service(), "s", "c");
        var nobody = new Reference("clinic", "Patient", "nobody");

        assertThat(code(clinic.book(booking(night.in("clinic")), "k1"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(clinic.book(new AppointmentCreate(nobody, first().slotRef(), null, null, null), "k2")))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(clinic.diary().visits()).isEmpty();
    }

    @Test
    void letsExactlyOneOfEightBookATime() throws Exception {
        var booking = clinic.booking(first(), null);
        var tries = new ArrayList<Callable<ToolResult<Appointment>>>();
        for (int i = 0; i < 8; i++) {
            var key = "k" + i;
            tries.add(() -> clinic.book(booking, key));
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var codes = new ArrayList<ErrorCode>();
            for (var one : threads.invokeAll(tries)) {
                codes.add(code(one.get()));
            }
            assertThat(codes).containsOnly(null, ErrorCode.CONFLICT);
            assertThat(codes).filteredOn(code -> code == null).hasSize(1);
        }
        assertThat(clinic.diary().visits()).hasSize(1);
    }

    @Test
    void looksUpWhatBecameOfABookingWhoseAnswerWasLost() {
        var booking = clinic.booking(first(), null);
        assertThat(clinic.reconcile(booking, "k1")).isEmpty();
        clinic.stub().mood(MedplumStub.Mood.LOSING_ANSWERS);

        var lost = MedplumClinic.attempt(
                clinic.writer(),
                booking,
                MedplumClinic.until(Instant.now().plusMillis(500)).writing("k1"));
        clinic.stub().mood(MedplumStub.Mood.ANSWERING);

        assertThat(code(lost)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(clinic.reconcile(booking, "k1"))
                .hasValueSatisfying(found -> assertThat(found.appointment().id())
                        .isEqualTo(clinic.diary().visits().getFirst().id()));
        assertThat(clinic.reconcile(booking, "k2")).isEmpty();
    }

    @Test
    void takesItsOwnEarlierBookingForItsOwnWhenItTriesAgain() {
        var booking = clinic.booking(first(), null);
        var once = ok(clinic.book(booking, "k1"));

        var again = ok(clinic.book(booking, "k1"));

        assertThat(again.value()).isEqualTo(once.value());
        assertThat(clinic.diary().visits()).hasSize(1);
    }

    @Test
    void cannotTellWhatBecameOfABookingWhenTheServerIsGone() {
        var booking = clinic.booking(first(), null);
        clinic.stub().close();

        assertThatThrownBy(() -> clinic.reconcile(booking, "k1")).isInstanceOf(EhrFailure.class);
        assertThat(code(clinic.book(booking, "k1"))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(clinic.adapter().probe(Duration.ofSeconds(1))).isInstanceOf(Health.Down.class);
    }

    @Test
    void sendsNothingOutsideItsOwnRecordsAndTime() {
        var elsewhere = new SlotSearch(
                null, time(MONDAY), time(TUESDAY), new Reference("other", "Practitioner", "hill"), null, null, null);

        assertThat(code(clinic.search(elsewhere, call()))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(code(clinic.search(between(MONDAY, TUESDAY, 1), MedplumClinic.until(Instant.now()))))
                .isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(clinic.stub().requests()).isEmpty();
    }

    @Test
    void knowsThatTheServerIsUp() {
        assertThat(clinic.adapter().probe(Duration.ofSeconds(5))).isEqualTo(new Health.Up());
    }

    private Slot first() {
        return clinic.free(between(MONDAY, TUESDAY, 1), call()).items().getFirst();
    }

    private List<Slot> all(SlotSearch input) {
        var rows = new ArrayList<Slot>();
        var page = clinic.free(input, call());
        rows.addAll(page.items());
        while (page.nextOrNull() != null) {
            page = clinic.free(input, call().at(page.nextOrNull()));
            rows.addAll(page.items());
        }
        return rows;
    }

    private AppointmentCreate booking(SlotRef slot) {
        return new AppointmentCreate(
                new Reference("clinic", "Patient", clinic.patient().substring("Patient/".length())),
                slot,
                null,
                null,
                null);
    }

    private static OffsetDateTime time(String text) {
        return OffsetDateTime.parse(text);
    }

    private static <O extends Record> ToolResult.Ok<O> ok(ToolResult<O> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return (ToolResult.Ok<O>) result;
    }

    private static ErrorCode code(ToolResult<?> result) {
        return result instanceof ToolResult.Failed<?> failed ? failed.code() : null;
    }
}
