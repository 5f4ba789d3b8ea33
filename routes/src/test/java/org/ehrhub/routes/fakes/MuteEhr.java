package org.ehrhub.routes.fakes;

import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentTools;

/** Another way to an EHR, over which bookings arrive but no answer comes back, to a booking or to a question about it. */
public final class MuteEhr implements WriteHandler<AppointmentCreate, Appointment> {
    private final WriteHandler<AppointmentCreate, Appointment> heard;
    private volatile boolean mute = true;

    /** The way to this EHR. */
    @SuppressWarnings("unchecked") // the handler of appointment.create
    public MuteEhr(FakeEhr ehr) {
        ToolHandler<?, ?> handler =
                ehr.handlers().find("appointment.create").orElseThrow().handler();
        heard = (WriteHandler<AppointmentCreate, Appointment>) handler;
    }

    /** From now on it answers. */
    public void speak() {
        mute = false;
    }

    /** It under the name {@code alpha}. */
    public EhrRegistry.Entry entry() {
        return new ScriptedEhr(ToolHandlers.builder()
                        .onWrite(AppointmentTools.CREATE, this, Feature.WRITE_KEY_STORED)
                        .build())
                .entry("alpha");
    }

    @Override
    public ToolResult<Appointment> handle(AppointmentCreate input, CallContext call) {
        var result = heard.handle(input, call);
        return mute ? ToolResult.failed(ErrorCode.OUTCOME_UNKNOWN, "No answer came", "Look.") : result;
    }

    @Override
    public Optional<Appointment> reconcile(AppointmentCreate input, String key, CallContext call) {
        if (mute) {
            throw new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "No answer came", "Try again.");
        }
        return heard.reconcile(input, key, call);
    }

    @Override
    public Optional<String> currentVersion(AppointmentCreate input, CallContext call) {
        return Optional.empty();
    }
}
