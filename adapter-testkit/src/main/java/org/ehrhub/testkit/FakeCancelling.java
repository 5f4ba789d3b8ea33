package org.ehrhub.testkit;

import java.util.Optional;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;

/** {@code appointment.cancel} of a {@link FakeEhr}. */
record FakeCancelling(FakeTools tools) implements WriteHandler<AppointmentCancel, Appointment> {
    @Override
    public ToolResult<Appointment> handle(AppointmentCancel input, CallContext call) {
        return tools.cancel(input, call);
    }

    @Override
    public Optional<Appointment> reconcile(AppointmentCancel input, String key, CallContext call) {
        tools.fake().arrive("appointment.cancel reconcile", input, call);
        return tools.entry(input.appointment())
                .filter(entry -> entry.cancelledUnder().equals(key))
                .map(FakeDiary.Entry::appointment);
    }

    @Override
    public Optional<String> currentVersion(AppointmentCancel input, CallContext call) {
        tools.fake().arrive("appointment.cancel version", input, call);
        return tools.entry(input.appointment()).map(entry -> Integer.toString(entry.version()));
    }
}
