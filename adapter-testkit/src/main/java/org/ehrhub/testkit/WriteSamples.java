package org.ehrhub.testkit;

import static org.ehrhub.testkit.Samples.need;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.ehrhub.testkit.faults.Marker;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentReschedule;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.VitalRecord;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.documents.NoteDraft;
import org.ehrhub.tools.messages.MessageSend;
import org.ehrhub.tools.messages.MessageTools;
import org.ehrhub.tools.orders.OrderDraft;
import org.ehrhub.tools.orders.OrderTools;
import org.ehrhub.tools.orders.ReferralDraft;
import org.ehrhub.tools.orders.ReferralSubmit;
import org.ehrhub.tools.patients.PatientCreate;
import org.ehrhub.tools.patients.PatientTools;
import org.ehrhub.tools.patients.PatientUpdate;
import org.ehrhub.tools.tasks.TaskCreate;
import org.ehrhub.tools.tasks.TaskTools;
import org.ehrhub.tools.tasks.TaskUpdate;

/** Inputs of the tools that write to a chart; every word that is free holds {@link Marker#FAMILY}. */
final class WriteSamples {
    private static final String WORDS = "Contract of " + Marker.NAME + ", with, commas | and $ signs";

    private static final int MANY = 8_000_000;
    private static final int DAYS = 25_000;
    private static final int MINUTES = 1_000;

    private final Samples samples;
    private final PayerSamples payers;

    /** From another number each time: people of two contracts on one server must not look the same. */
    private final AtomicInteger count =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(MANY));

    WriteSamples(Samples samples) {
        this.samples = samples;
        this.payers = new PayerSamples(samples);
    }

    void addTo(Map<String, Supplier<Record>> made) {
        put(made, PatientTools.CREATE, this::patient);
        put(made, PatientTools.UPDATE, this::change);
        put(made, AppointmentTools.CREATE, () -> new AppointmentCreate(other(), samples.slot(), WORDS, null, null));
        put(made, AppointmentTools.RESCHEDULE, this::move);
        put(made, AppointmentTools.CANCEL, () -> new AppointmentCancel(booked(), WORDS, null, null));
        put(made, ChartTools.RECORD_VITAL, this::vital);
        put(
                made,
                DocumentTools.DRAFT_NOTE,
                () -> new NoteDraft(other(), Marker.NAME, WORDS + "\nsecond line", null, null, null, null));
        put(made, OrderTools.DRAFT, this::order);
        put(made, OrderTools.DRAFT_REFERRAL, this::referral);
        put(made, OrderTools.SUBMIT_REFERRAL, this::submission);
        put(made, TaskTools.CREATE, this::task);
        put(made, TaskTools.UPDATE, this::taskChange);
        put(made, MessageTools.SEND, () -> new MessageSend(other(), WORDS, Marker.NAME, null, null, null));
        payers.addTo(made);
        new FhirSamples(samples).addTo(made);
    }

    static <I extends Record> void put(
            Map<String, Supplier<Record>> made, CanonicalTool<I, ?> tool, Supplier<I> input) {
        made.put(tool.name(), input::get);
    }

    /** Somebody whom nobody can take for anybody else. */
    private PatientCreate patient() {
        var number = count.incrementAndGet();
        var name = letters(ContractCalls.newKey());
        return new PatientCreate(
                samples.ehr().name(),
                name + "-" + Marker.FAMILY,
                List.of(name, "Zephyrine"),
                LocalDate.of(1930, 1, 1).plusDays(97L * number % DAYS).toString(),
                number % 2 == 0 ? "female" : "male",
                null,
                phone(number),
                name + "@" + Marker.FAMILY + ".example",
                null,
                "en",
                null,
                null,
                null);
    }

    private static String phone(int number) {
        return "+1 %03d 555 %04d".formatted(200 + number / 10_000 % 800, number % 10_000);
    }

    private PatientUpdate change() {
        var phone = phone(count.incrementAndGet());
        return new PatientUpdate(other(), null, null, null, null, null, phone, null, null, null, null, null, null);
    }

    private AppointmentReschedule move() {
        return new AppointmentReschedule(booked(), samples.slot(), WORDS, null, null);
    }

    private VitalRecord vital() {
        var at = OffsetDateTime.parse("2026-02-27T09:00:00-05:00").plusMinutes(count.incrementAndGet() % MINUTES);
        return new VitalRecord(
                other(),
                "heart-rate",
                BigDecimal.valueOf(60 + count.get() % 40),
                null,
                "/min",
                at.truncatedTo(ChronoUnit.SECONDS),
                null,
                null,
                null);
    }

    private OrderDraft order() {
        return new OrderDraft(other(), "laboratory", WORDS, "loinc|4548-4", "urgent", WORDS, WORDS, null, null, null);
    }

    private ReferralDraft referral() {
        return new ReferralDraft(
                other(), "Cardiology for " + Marker.NAME, null, null, "urgent", WORDS, WORDS, null, null, null);
    }

    private ReferralSubmit submission() {
        var drafted = need(samples.written(OrderTools.DRAFT_REFERRAL), "a drafted referral");
        return new ReferralSubmit(drafted.ref(), null, null, null);
    }

    private TaskCreate task() {
        var due = OffsetDateTime.parse("2030-03-02T09:00:00-05:00");
        return new TaskCreate(other(), WORDS, null, due, "urgent", null, WORDS, null, null);
    }

    private TaskUpdate taskChange() {
        var created = samples.written(TaskTools.CREATE);
        var task = need(created == null ? samples.row(TaskTools.LIST) : created, "a task");
        return new TaskUpdate(task.ref(), "in-progress", null, WORDS, null, null, null);
    }

    private Reference booked() {
        var booked = samples.written(AppointmentTools.CREATE);
        return need(booked == null ? samples.row(AppointmentTools.LIST) : booked, "an appointment")
                .appointment();
    }

    private Reference other() {
        return samples.ehr().other();
    }

    /** Names hold no digits. */
    private static String letters(String key) {
        return key.replaceAll("[0-9]", "").concat("x");
    }
}
