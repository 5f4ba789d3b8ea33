package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentList;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;

/** Free times are free, a time is booked once, and a booking that is cancelled gives its time back. */
record SchedulingPromises(Bench bench) {
    private static final int AT_ONCE = 8;

    Stream<Promise> all() {
        if (!bench.has(AppointmentTools.SLOT_SEARCH)) {
            return Stream.empty();
        }
        var promises = Stream.<Promise>builder();
        promises.add(new Promise("slot.search gives free times of the span only", this::inSpan));
        if (bench.has(AppointmentTools.CREATE)) {
            promises.add(new Promise("appointment.create lets exactly one of many book a time", this::oneOfMany));
            promises.add(new Promise("appointment.create takes the time out of the free ones", this::taken));
        }
        if (bench.has(AppointmentTools.CREATE) && bench.has(AppointmentTools.CANCEL)) {
            promises.add(
                    new Promise("appointment.cancel gives the time back, and does nothing twice", this::givenBack));
        }
        return promises.build();
    }

    private void inSpan() {
        var wanted = bench.ehr().freeTimes();

        assertThat(free()).hasSizeGreaterThan(AT_ONCE).allSatisfy(slot -> {
            assertThat(slot.start()).isAfterOrEqualTo(wanted.from()).isBefore(wanted.to());
            assertThat(slot.end()).isAfter(slot.start());
            assertThat(slot.slotRef().ehr()).isEqualTo(bench.ehr().name());
        });
    }

    private void taken() {
        var slot = free().getLast();
        var booked = book(slot);

        assertThat(booked.status()).isEqualTo("booked");
        assertThat(booked.start()).isEqualTo(slot.start());
        assertThat(booked.end()).isEqualTo(slot.end());
        assertThat(times()).doesNotContain(time(slot));
        assertThat(ContractCalls.code(
                        bench.calls().write(AppointmentTools.CREATE, booking(slot), ContractCalls.newKey())))
                .isEqualTo(ErrorCode.CONFLICT);
    }

    /** All of it: an EHR may keep more free around a visit than the visit takes. */
    private void givenBack() {
        var before = times();
        var booked = book(free().getLast());

        var cancelled = cancel(booked);

        assertThat(cancelled.status()).isEqualTo("cancelled");
        assertThat(times()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(cancel(booked)).isEqualTo(cancelled);
        assertThat(times()).containsExactlyInAnyOrderElementsOf(before);
    }

    private void oneOfMany() throws Exception {
        var slot = free().getLast();
        var before = bookedAt(slot);

        var results = atOnce(() -> bench.calls().write(AppointmentTools.CREATE, booking(slot), ContractCalls.newKey()));

        assertThat(results).filteredOn(ToolResult.Ok.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(result -> !(result instanceof ToolResult.Ok<?>))
                .extracting(ContractCalls::code)
                .containsOnly(ErrorCode.CONFLICT);
        assertThat(bookedAt(slot)).as("appointments at that time").isEqualTo(before + (lists() ? 1 : 0));
    }

    private boolean lists() {
        return bench.has(AppointmentTools.LIST);
    }

    /** How many appointments the patient has when a slot begins; none where the adapter does not list them. */
    private long bookedAt(Slot slot) {
        var booked = new AppointmentList(bench.ehr().other(), null, null, "booked", null, null);
        return lists()
                ? bench.calls().all(AppointmentTools.LIST, booked).stream()
                        .map(Appointment.class::cast)
                        .filter(row -> slot.start().isEqual(Objects.requireNonNull(row.start())))
                        .count()
                : 0;
    }

    private AppointmentCreate booking(Slot slot) {
        return new AppointmentCreate(bench.ehr().other(), slot.slotRef(), null, null, null);
    }

    private Appointment book(Slot slot) {
        return (Appointment) bench.calls()
                .ok(
                        AppointmentTools.CREATE,
                        bench.calls().write(AppointmentTools.CREATE, booking(slot), ContractCalls.newKey()));
    }

    private Appointment cancel(Appointment booked) {
        var input = new AppointmentCancel(booked.appointment(), null, null, null);
        return (Appointment) bench.calls()
                .ok(
                        AppointmentTools.CANCEL,
                        bench.calls().write(AppointmentTools.CANCEL, input, ContractCalls.newKey()));
    }

    /** When and with whom; what a slotRef holds may change with each booking. */
    private static List<Object> time(Slot slot) {
        return List.of(slot.start().toInstant(), String.valueOf(slot.practitioner()));
    }

    private List<List<Object>> times() {
        return free().stream().map(SchedulingPromises::time).toList();
    }

    private List<Slot> free() {
        return bench.calls().all(AppointmentTools.SLOT_SEARCH, bench.ehr().freeTimes()).stream()
                .map(Slot.class::cast)
                .toList();
    }

    private static <T> List<T> atOnce(Callable<T> task) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (int i = 0; i < AT_ONCE; i++) {
                running.add(threads.submit(task));
            }
            var results = new ArrayList<T>();
            for (var one : running) {
                results.add(one.get());
            }
            return results;
        }
    }
}
