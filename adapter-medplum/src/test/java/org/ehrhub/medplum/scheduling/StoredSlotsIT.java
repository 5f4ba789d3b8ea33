package org.ehrhub.medplum.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Schedules that Medplum does not look after. */
@Tag("medplum")
class StoredSlotsIT {
    private final Practice practice = Practice.open();
    private String schedule = "";
    private Reference young = practice.hill();

    @BeforeEach
    void store() {
        var practitioner = practice.clinic().practitioner("Young");
        young = Practice.reference(practitioner);
        schedule = practice.clinic().plainSchedule(practitioner);
        for (int hour = 14; hour < 20; hour++) {
            put("free", hour);
        }
        put("busy", 20);
    }

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void findsTheSlotsThatAreFreeAndSaysHowSureTheyAre() {
        var page = practice.page(Practice.days(1, young, null), null);

        assertThat(page.items())
                .hasSize(6)
                .allSatisfy(slot -> assertThat(slot.practitioner().ref()).isEqualTo(young));
        assertThat(page.warnings()).singleElement().asString().contains("does not look after");
        assertThat(page.complete()).isTrue();
    }

    @Test
    void listsThemBehindThoseThatMedplumWorksOut() {
        practice.mustBeAlone();
        var rows = practice.all(Practice.days(1, null, null));

        assertThat(rows).hasSize(15 + 6).doesNotHaveDuplicates();
        for (int limit : new int[] {1, 4, 15, 16, 20}) {
            assertThat(paged(limit)).isEqualTo(rows);
        }
    }

    @Test
    void booksASlotUnderItsVersionAndSaysHowSureThatIs() {
        var slots = slots();

        var booked = practice.booked(slots.getFirst(), "Cough", "k1");

        assertThat(booked.value().reason()).isEqualTo("Cough");
        assertThat(booked.warnings()).anySatisfy(warning -> assertThat(warning).contains("does not look after"));
        assertThat(slots()).hasSize(5);
        assertThat(Practice.code(practice.book(slots.getFirst(), null, "k2"))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void letsExactlyOneOfEightTakeASlot() throws Exception {
        var slot = slots().getFirst();
        var tries = new ArrayList<Callable<ToolResult<Appointment>>>();
        for (int i = 0; i < 8; i++) {
            var key = "k" + i;
            tries.add(() -> practice.book(slot, null, key));
        }

        var codes = new ArrayList<ErrorCode>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(tries)) {
                codes.add(Practice.code(one.get()));
            }
        }

        assertThat(codes).containsOnly(null, ErrorCode.CONFLICT);
        assertThat(codes).filteredOn(code -> code == null).hasSize(1);
    }

    @Test
    void aCancelledVisitGivesItsSlotBackInsteadOfLosingIt() {
        var before = slots();
        var booked = practice.booked(before.getFirst(), null, "k1").value();

        Practice.ok(practice.cancel(booked.appointment(), "Travelling", "k2"));

        assertThat(slots())
                .extracting(Slot::start)
                .isEqualTo(before.stream().map(Slot::start).toList());
    }

    @Test
    void movesAVisitFromSlotToSlotUnderItsOwnId() {
        var before = slots();
        var booked = practice.booked(before.getFirst(), null, "k1").value();

        var moved = Practice.ok(practice.move(Practice.moving(booked, before.getLast()), "k2"));

        assertThat(moved.value().appointment()).isEqualTo(booked.appointment());
        assertThat(moved.value().start()).isEqualTo(before.getLast().start());
        assertThat(slots()).hasSize(5);
    }

    @Test
    void movesAVisitIntoAScheduleThatMedplumLooksAfterAndNotOutOfOne() {
        var slots = slots();
        var booked = practice.booked(slots.getFirst(), null, "k1").value();

        var moved = Practice.ok(
                        practice.move(Practice.moving(booked, practice.free().getFirst()), "k2"))
                .value();

        assertThat(practice.held(booked).path("status").asString()).isEqualTo("cancelled");
        assertThat(slots()).hasSize(6);
        assertThat(Practice.code(practice.move(Practice.moving(moved, slots.getLast()), "k3")))
                .isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(practice.held(moved).path("status").asString()).isEqualTo("booked");
    }

    private List<Slot> slots() {
        return practice.all(Practice.days(1, young, null));
    }

    private List<Slot> paged(int limit) {
        var whole = Practice.days(1, null, null);
        var few = new SlotSearch(whole.ehr(), whole.from(), whole.to(), null, null, null, limit);
        var rows = new ArrayList<Slot>();
        var page = practice.page(few, null);
        rows.addAll(page.items());
        while (page.nextOrNull() != null) {
            page = practice.page(few, page.nextOrNull());
            rows.addAll(page.items());
        }
        return rows;
    }

    private void put(String status, int hour) {
        practice.medplum().create("""
                {"resourceType":"Slot","status":"%s","schedule":{"reference":"%s"},
                 "start":"2040-01-02T%d:00:00.000Z","end":"2040-01-02T%d:30:00.000Z"}""".formatted(status, schedule, hour, hour));
    }
}
