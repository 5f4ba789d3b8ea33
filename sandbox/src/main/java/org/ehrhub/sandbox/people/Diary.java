package org.ehrhub.sandbox.people;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;

/** Schedules, slots and appointments: weekdays 09:00 to 17:00 in half hours for 14 days, and each patient's past visits. */
final class Diary {
    private static final int DAYS = 14;
    private static final int HALVES = 16;
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);

    private final SiteFacts site;
    private final Staff staff;

    Diary(SiteFacts site, Staff staff) {
        this.site = site;
        this.staff = staff;
    }

    /** What one half hour of one practitioner holds at the start. */
    private record HalfHour(int practitioner, LocalDate day, int half, SlotStatus status, int patient) {}

    List<Resource> schedules() {
        var schedules = new ArrayList<Resource>();
        for (int number = 0; number < Staff.PRACTITIONERS; number++) {
            var schedule = new Schedule();
            schedule.setId(scheduleId(number));
            schedule.setActive(true)
                    .addServiceType(staff.specialty(number))
                    .addSpecialty(staff.specialty(number))
                    .addActor(staff.practitioner(number))
                    .addActor(staff.location(number));
            var start = site.today().atStartOfDay(site.zone());
            schedule.setPlanningHorizon(new Period()
                    .setStartElement(new DateTimeType(site.written(start)))
                    .setEndElement(new DateTimeType(site.written(start.plusDays(DAYS)))));
            schedules.add(schedule);
        }
        return schedules;
    }

    List<Resource> slots() {
        return halfHours().stream().<Resource>map(this::slot).toList();
    }

    List<Resource> appointments() {
        var appointments = new ArrayList<Resource>();
        for (HalfHour half : halfHours()) {
            if (half.status() == SlotStatus.BUSY) {
                appointments.add(booked(half));
            }
        }
        appointments.addAll(site.each(this::visits));
        return appointments;
    }

    private List<HalfHour> halfHours() {
        var all = new ArrayList<HalfHour>();
        for (int practitioner = 0; practitioner < Staff.PRACTITIONERS; practitioner++) {
            for (int day = 0; day < DAYS; day++) {
                all.addAll(halfHours(practitioner, site.today().plusDays(day)));
            }
        }
        return all;
    }

    private List<HalfHour> halfHours(int practitioner, LocalDate day) {
        var made = new ArrayList<HalfHour>();
        if (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            return made;
        }
        var random = site.random((int) day.toEpochDay(), "Diary" + practitioner);
        for (int half = 0; half < HALVES; half++) {
            int draw = random.nextInt(100);
            var status = draw < 50 ? SlotStatus.FREE : draw < 72 ? SlotStatus.BUSY : SlotStatus.BUSYUNAVAILABLE;
            made.add(new HalfHour(
                    practitioner,
                    day,
                    half,
                    status,
                    livingPatient(random.nextInt(site.people().size()))));
        }
        return made;
    }

    private int livingPatient(int index) {
        int next = index;
        while (site.people().get(next).deceased()) {
            next = (next + 1) % site.people().size();
        }
        return next;
    }

    private Slot slot(HalfHour half) {
        var slot = new Slot();
        slot.setId(slotId(half));
        slot.setSchedule(new Reference("Schedule/" + scheduleId(half.practitioner())))
                .setStatus(half.status())
                .addServiceType(staff.specialty(half.practitioner()))
                .setStartElement(instant(start(half)))
                .setEndElement(instant(start(half).plus(HALF_HOUR)));
        return slot;
    }

    private Appointment booked(HalfHour half) {
        var appointment = appointment(half.practitioner(), half.patient(), start(half));
        appointment.setId(slotId(half).replace("-slot-", "-appt-"));
        appointment.setStatus(AppointmentStatus.BOOKED);
        if (site.key().equals("stmarys")) {
            appointment.addSlot(new Reference("Slot/" + slotId(half)));
        }
        return appointment;
    }

    private List<Resource> visits(Person person, int index) {
        var random = site.random(person.number(), "Visit");
        var visits = new ArrayList<Resource>();
        int count = 1 + random.nextInt(3);
        for (int visit = 0; visit < count; visit++) {
            var day = site.today().minusDays(20 + random.nextInt(700));
            var start = day.atTime(9, 0).atZone(site.zone()).plus(HALF_HOUR.multipliedBy(random.nextInt(HALVES)));
            var appointment = appointment(random.nextInt(Staff.PRACTITIONERS), index, start);
            appointment.setId(site.patientId(index) + "-past-" + (1 + visit));
            appointment.setStatus(random.nextInt(4) == 0 ? AppointmentStatus.CANCELLED : AppointmentStatus.FULFILLED);
            visits.add(appointment);
        }
        return visits;
    }

    private Appointment appointment(int practitioner, int patient, ZonedDateTime start) {
        var appointment = new Appointment();
        appointment
                .addServiceType(staff.specialty(practitioner))
                .setStartElement(instant(start))
                .setEndElement(instant(start.plus(HALF_HOUR)))
                .setMinutesDuration(30);
        for (var actor :
                List.of(site.patient(patient), staff.practitioner(practitioner), staff.location(practitioner))) {
            appointment.addParticipant().setActor(actor).setStatus(ParticipationStatus.ACCEPTED);
        }
        return appointment;
    }

    private ZonedDateTime start(HalfHour half) {
        return half.day().atTime(9, 0).plus(HALF_HOUR.multipliedBy(half.half())).atZone(site.zone());
    }

    private InstantType instant(ZonedDateTime moment) {
        return new InstantType(site.written(moment));
    }

    private String scheduleId(int practitioner) {
        return site.prefix() + "-schedule-" + (1 + practitioner);
    }

    private String slotId(HalfHour half) {
        return "%s-slot-%d-%s-%02d"
                .formatted(
                        site.prefix(),
                        1 + half.practitioner(),
                        half.day().toString().replace("-", ""),
                        half.half());
    }
}
