package org.ehrhub.testkit;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentGet;
import org.ehrhub.tools.appointments.AppointmentList;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;

/** What a {@link FakeEhr} does for each tool, under its lock. */
record FakeTools(String ehr, FakeEhr fake, FakePeople people, FakeDiary diary, InstantSource clock) {

    ToolResult<Patient> patient(PatientGet input, CallContext call) {
        own(input.patient());
        fake.arrive("patient.get", input, call);
        synchronized (fake) {
            var known = known(input.patient());
            return ok(Boolean.TRUE.equals(input.details()) ? known : known.brief(), "1");
        }
    }

    ToolResult<Page<PatientMatch>> patients(PatientSearch input, CallContext call) {
        var fault = fake.arrive("patient.search", input, call);
        synchronized (fake) {
            var rows = people.all().stream()
                    .filter(patient ->
                            fault.ignoresFilters() || FakePeople.fits(input).test(patient))
                    .map(FakePeople::match)
                    .toList();
            return page(rows, input, call);
        }
    }

    ToolResult<Page<Slot>> slots(SlotSearch input, CallContext call) {
        var fault = fake.arrive("slot.search", input, call);
        synchronized (fake) {
            var rows = diary.free().stream()
                    .filter(slot -> fault.ignoresFilters() || fits(slot, input))
                    .toList();
            return page(rows, input, call);
        }
    }

    ToolResult<Appointment> appointment(AppointmentGet input, CallContext call) {
        own(input.appointment());
        fake.arrive("appointment.get", input, call);
        synchronized (fake) {
            return ok(held(input.appointment()));
        }
    }

    ToolResult<Page<Appointment>> appointments(AppointmentList input, CallContext call) {
        own(input.patient());
        var fault = fake.arrive("appointment.list", input, call);
        synchronized (fake) {
            var rows = diary.entries().stream()
                    .map(FakeDiary.Entry::appointment)
                    .filter(row -> fault.ignoresFilters() || fits(row, input))
                    .toList();
            return page(rows, input, call);
        }
    }

    ToolResult<Appointment> book(AppointmentCreate input, CallContext call) {
        own(input.patient());
        var fault = fake.arrive("appointment.create", input, call);
        synchronized (fake) {
            return written(diary.book(input, known(input.patient()), call.writeKey()), fault);
        }
    }

    ToolResult<Appointment> cancel(AppointmentCancel input, CallContext call) {
        own(input.appointment());
        var fault = fake.arrive("appointment.cancel", input, call);
        synchronized (fake) {
            return written(diary.cancel(held(input.appointment()), call.writeKey()), fault);
        }
    }

    Optional<Appointment> bookedUnder(String key) {
        synchronized (fake) {
            return diary.entries().stream()
                    .filter(entry -> entry.bookedUnder().equals(key))
                    .map(FakeDiary.Entry::appointment)
                    .findFirst();
        }
    }

    Optional<FakeDiary.Entry> entry(Reference appointment) {
        synchronized (fake) {
            return diary.find(appointment.id());
        }
    }

    private ToolResult<Appointment> written(FakeDiary.Entry entry, FakeFault fault) {
        return fault.losesAnswers()
                ? ToolResult.failed(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "The EHR did not say whether it was done.",
                        "Look before you repeat.")
                : ok(entry);
    }

    private Patient known(Reference patient) {
        return people.find(patient.id()).orElseThrow(FakeTools::missing);
    }

    private FakeDiary.Entry held(Reference appointment) {
        return diary.find(appointment.id()).orElseThrow(FakeTools::missing);
    }

    private void own(Reference reference) {
        if (!reference.ehr().equals(ehr)) {
            throw new EhrFailure(ErrorCode.INVALID_INPUT, "The reference is of another EHR.", "Ask that EHR.");
        }
    }

    private static EhrFailure missing() {
        return new EhrFailure(ErrorCode.NOT_FOUND, "The EHR holds no such record.", "Search for it again.");
    }

    private static boolean fits(Slot slot, SlotSearch wanted) {
        var who = slot.practitioner();
        return !slot.start().isBefore(wanted.from())
                && slot.start().isBefore(wanted.to())
                && wanted.serviceType() == null
                && (wanted.practitioner() == null
                        || (who != null && wanted.practitioner().equals(who.ref())));
    }

    private static boolean fits(Appointment row, AppointmentList wanted) {
        var start = row.start();
        var who = row.patient();
        return who != null
                && wanted.patient().equals(who.ref())
                && (wanted.status() == null || wanted.status().equals(row.status()))
                && (wanted.from() == null || (start != null && !start.isBefore(wanted.from())))
                && (wanted.to() == null || (start != null && start.isBefore(wanted.to())));
    }

    private <T extends Record> ToolResult<Page<T>> page(List<T> rows, ListInput input, CallContext call) {
        int from = Math.min(rows.size(), call.cursor().map(Integer::parseInt).orElse(0));
        int to = Math.min(rows.size(), from + input.rows());
        var next = to < rows.size() ? Integer.toString(to) : null;
        var page = new Page<>(rows.subList(from, to), (long) rows.size(), next, List.of());
        return new ToolResult.Ok<>(page, new Provenance(ehr, clock.instant(), null));
    }

    private ToolResult<Appointment> ok(FakeDiary.Entry entry) {
        return ok(entry.appointment(), Integer.toString(entry.version()));
    }

    private <O extends Record> ToolResult<O> ok(O value, String version) {
        return new ToolResult.Ok<>(value, new Provenance(ehr, clock.instant(), version));
    }
}
