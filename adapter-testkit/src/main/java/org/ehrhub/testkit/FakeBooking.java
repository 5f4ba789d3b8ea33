package org.ehrhub.testkit;

import java.util.Optional;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;

/** {@code appointment.create} of a {@link FakeEhr}. */
record FakeBooking(FakeTools tools) implements WriteHandler<AppointmentCreate, Appointment> {
    @Override
    public ToolResult<Appointment> handle(AppointmentCreate input, CallContext call) {
        return tools.book(input, call);
    }

    @Override
    public Optional<Appointment> reconcile(AppointmentCreate input, String key, CallContext call) {
        tools.fake().arrive("appointment.create reconcile", input, call);
        return tools.bookedUnder(key);
    }

    @Override
    public Optional<String> currentVersion(AppointmentCreate input, CallContext call) {
        tools.fake().arrive("appointment.create version", input, call);
        return Optional.empty();
    }
}
