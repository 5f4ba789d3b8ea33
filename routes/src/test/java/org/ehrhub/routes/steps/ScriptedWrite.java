package org.ehrhub.routes.steps;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.routes.fakes.ScriptedEhr;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentTools;

/** {@code appointment.create} of an EHR {@code alpha} whose answer to a look-up is scripted, and which counts look-ups. */
final class ScriptedWrite implements WriteHandler<AppointmentCreate, Appointment> {
    private final Supplier<Optional<Appointment>> found;
    private volatile int lookUps;

    ScriptedWrite(Supplier<Optional<Appointment>> found) {
        this.found = found;
    }

    int lookUps() {
        return lookUps;
    }

    EhrRegistry registry(Feature... features) {
        return new EhrRegistry(List.of(new ScriptedEhr(ToolHandlers.builder()
                        .onWrite(AppointmentTools.CREATE, this, features)
                        .build())
                .entry("alpha")));
    }

    @Override
    public ToolResult<Appointment> handle(AppointmentCreate input, CallContext call) {
        throw new AssertionError("Nothing may be written here");
    }

    @Override
    public synchronized Optional<Appointment> reconcile(AppointmentCreate input, String key, CallContext call) {
        lookUps++;
        return found.get();
    }

    @Override
    public Optional<String> currentVersion(AppointmentCreate input, CallContext call) {
        return Optional.empty();
    }
}
