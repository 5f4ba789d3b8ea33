package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentGet;
import org.ehrhub.tools.appointments.AppointmentList;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an adapter promises about free times and appointments; extended through {@link AdapterContract}. */
public abstract class SchedulingPromises extends PatientPromises {
    private static final int AT_ONCE = 8;
    private static final String REASON = "Contract check, with, commas | and $ signs";

    @Test
    void givesOnlyFreeTimesInTheSpan() {
        calls().need(AppointmentTools.SLOT_SEARCH);
        var wanted = ehr().freeTimes();

        assertThat(slots(wanted)).hasSizeGreaterThan(AT_ONCE).allSatisfy(slot -> {
            assertThat(slot.start()).isAfterOrEqualTo(wanted.from()).isBefore(wanted.to());
            assertThat(slot.end()).isAfter(slot.start());
            assertThat(slot.slotRef().ehr()).isEqualTo(ehr().name());
        });
    }

    @Test
    void narrowsFreeTimesByPractitioner() {
        calls().need(AppointmentTools.SLOT_SEARCH);
        assertThat(slots(narrowed(new Reference(ehr().name(), "Practitioner", "nobody-has-this-id"), null)))
                .isEmpty();
        var known = slots(ehr().freeTimes()).stream()
                .map(Slot::practitioner)
                .filter(who -> who != null && who.ref() != null)
                .findFirst();
        assumeThat(known).as("free times with a practitioner").isPresent();

        var who = known.orElseThrow();
        assertThat(slots(narrowed(who.ref(), null)))
                .isNotEmpty()
                .allSatisfy(slot -> assertThat(slot.practitioner()).isEqualTo(who));
    }

    @Test
    void narrowsFreeTimesByServiceType() {
        calls().need(AppointmentTools.SLOT_SEARCH);
        assertThat(slots(narrowed(null, "no-such-service"))).isEmpty();
        var known = slots(ehr().freeTimes()).stream()
                .map(Slot::serviceType)
                .filter(type -> type != null && type.code() != null)
                .findFirst();
        assumeThat(known).as("free times with a service type").isPresent();

        var type = known.orElseThrow();
        assertThat(slots(narrowed(null, type.code())))
                .isNotEmpty()
                .allSatisfy(slot -> assertThat(slot.serviceType()).isEqualTo(type));
    }

    @Test
    void pagesThroughTheSameFreeTimesWhateverTheLimit() {
        calls().need(AppointmentTools.SLOT_SEARCH);
        var small = calls().all(AppointmentTools.SLOT_SEARCH, ehr().freeTimes(), 7, SchedulingPromises::limited);

        assertThat(small).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(slots(ehr().freeTimes()));
    }

    @Test
    void booksATimeOnceAndGivesItBack() {
        calls().need(AppointmentTools.CREATE);
        var slot = slots(ehr().freeTimes()).getFirst();
        var patients = some();
        var key = ContractCalls.newKey();
        var input = booking(patients.getFirst().patient(), slot);

        assertThat(calls().writer(AppointmentTools.CREATE).reconcile(input, key, calls().context()))
                .isEmpty();
        var booked = ContractCalls.ok(calls().write(AppointmentTools.CREATE, input, key));

        holds(booked, input, slot);
        assertThat(listed(input.patient(), null))
                .extracting(Appointment::appointment)
                .contains(booked.appointment());
        assertThat(get(booked)).isEqualTo(booked);
        assertThat(slots(ehr().freeTimes()))
                .extracting(Slot::start, Slot::practitioner)
                .doesNotContain(tuple(slot.start(), slot.practitioner()));
        assertThat(ContractCalls.code(calls().write(
                                AppointmentTools.CREATE,
                                booking(patients.get(1).patient(), slot),
                                ContractCalls.newKey())))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(calls().writer(AppointmentTools.CREATE).reconcile(input, key, calls().context()))
                .contains(booked);
        cancel(booked);
    }

    @Test
    void letsExactlyOneOfManyBookATime() throws Exception {
        calls().need(AppointmentTools.CREATE);
        var slot = slots(ehr().freeTimes()).get(1);
        var patient = some().getFirst().patient();

        var results =
                atOnce(() -> calls().write(AppointmentTools.CREATE, booking(patient, slot), ContractCalls.newKey()));

        assertThat(results)
                .filteredOn(result -> result instanceof ToolResult.Ok)
                .hasSize(1);
        assertThat(results)
                .filteredOn(result -> !(result instanceof ToolResult.Ok))
                .extracting(ContractCalls::code)
                .containsOnly(ErrorCode.CONFLICT);
        var booked = listed(patient, "booked").stream()
                .filter(found -> slot.start().isEqual(Objects.requireNonNull(found.start())))
                .toList();
        assertThat(booked).hasSize(1);
        cancel(get(booked.getFirst()));
    }

    @Test
    void saysThatAnUnknownAppointmentIsNotFound() {
        calls().need(AppointmentTools.GET);
        var unknown = new AppointmentGet(new Reference(ehr().name(), "Appointment", "nobody-has-this-id"));

        assertThat(ContractCalls.code(calls().read(AppointmentTools.GET, unknown)))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void booksNothingForAnUnknownPatient() {
        calls().need(AppointmentTools.CREATE);
        var slot = slots(ehr().freeTimes()).get(2);
        var unknown = new Reference(ehr().name(), "Patient", "nobody-has-this-id");

        assertThat(ContractCalls.code(
                        calls().write(AppointmentTools.CREATE, booking(unknown, slot), ContractCalls.newKey())))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(slots(ehr().freeTimes())).contains(slot);
    }

    private void holds(Appointment booked, AppointmentCreate input, Slot slot) {
        assertThat(booked.status()).isEqualTo("booked");
        assertThat(booked.start()).isEqualTo(slot.start());
        assertThat(booked.end()).isEqualTo(slot.end());
        assertThat(booked.reason()).isEqualTo(REASON);
        assertThat(booked.patient()).isNotNull().extracting("ref").isEqualTo(input.patient());
    }

    private void cancel(Appointment booked) {
        calls().need(AppointmentTools.CANCEL);
        var key = ContractCalls.newKey();
        var input = new AppointmentCancel(booked.appointment(), "Not needed", null, null);
        var writer = calls().writer(AppointmentTools.CANCEL);
        var slotsBefore = slots(ehr().freeTimes()).size();

        assertThat(writer.reconcile(input, key, calls().context())).isEmpty();
        var version = writer.currentVersion(input, calls().context());
        var cancelled = ContractCalls.ok(calls().write(AppointmentTools.CANCEL, input, key));

        assertThat(cancelled.status()).isEqualTo("cancelled");
        assertThat(writer.reconcile(input, key, calls().context())).contains(cancelled);
        version.ifPresent(old -> assertThat(writer.currentVersion(input, calls().context()))
                .isPresent()
                .isNotEqualTo(version));
        assertThat(ContractCalls.ok(calls().write(AppointmentTools.CANCEL, input, ContractCalls.newKey())))
                .isEqualTo(cancelled);
        var patient =
                Objects.requireNonNull(Objects.requireNonNull(booked.patient()).ref());
        assertThat(listed(patient, "booked"))
                .extracting(Appointment::appointment)
                .doesNotContain(booked.appointment());
        assertThat(listed(patient, "cancelled"))
                .extracting(Appointment::appointment)
                .contains(booked.appointment());
        assertThat(slots(ehr().freeTimes())).hasSize(slotsBefore + 1);
    }

    private Appointment get(Appointment booked) {
        return ContractCalls.ok(calls().read(AppointmentTools.GET, new AppointmentGet(booked.appointment())));
    }

    private List<Appointment> listed(Reference patient, @Nullable String status) {
        var rows = calls().all(
                        AppointmentTools.LIST,
                        new AppointmentList(patient, null, null, status, null, null),
                        4,
                        (input, limit) ->
                                new AppointmentList(input.patient(), null, null, input.status(), null, limit));
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.subject()).isEqualTo(patient);
            assertThat(status == null || status.equals(row.status())).isTrue();
        });
        return rows;
    }

    private List<Slot> slots(SlotSearch input) {
        return calls().all(AppointmentTools.SLOT_SEARCH, input, 100, SchedulingPromises::limited);
    }

    private SlotSearch narrowed(@Nullable Reference practitioner, @Nullable String serviceType) {
        var span = ehr().freeTimes();
        return new SlotSearch(null, span.from(), span.to(), practitioner, serviceType, null, null);
    }

    private static SlotSearch limited(SlotSearch input, int limit) {
        return new SlotSearch(
                input.ehr(), input.from(), input.to(), input.practitioner(), input.serviceType(), null, limit);
    }

    private static AppointmentCreate booking(Reference patient, Slot slot) {
        return new AppointmentCreate(patient, slot.slotRef(), REASON, null, null);
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
