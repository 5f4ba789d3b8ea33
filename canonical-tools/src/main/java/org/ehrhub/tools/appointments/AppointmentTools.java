package org.ehrhub.tools.appointments;

import org.ehrhub.tools.CanonicalTool.Listing;
import org.ehrhub.tools.CanonicalTool.Read;
import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools about appointments. */
public final class AppointmentTools {
    /** Finds free times. */
    public static final Listing<SlotSearch, Slot> SLOT_SEARCH =
            new Listing<>("slot.search", SlotSearch.class, Slot.class);
    /** Reads one appointment. */
    public static final Read<AppointmentGet, Appointment> GET =
            new Read<>("appointment.get", AppointmentGet.class, Appointment.class);
    /** Lists a patient's appointments. */
    public static final Listing<AppointmentList, Appointment> LIST =
            new Listing<>("appointment.list", AppointmentList.class, Appointment.class);
    /** Books a free time. */
    public static final Write<AppointmentCreate, Appointment> CREATE =
            new Write<>("appointment.create", AppointmentCreate.class, Appointment.class, Risk.REVERSIBLE_WRITE);
    /** Moves an appointment. */
    public static final Write<AppointmentReschedule, Appointment> RESCHEDULE = new Write<>(
            "appointment.reschedule", AppointmentReschedule.class, Appointment.class, Risk.REVERSIBLE_WRITE);
    /** Cancels an appointment. */
    public static final Write<AppointmentCancel, Appointment> CANCEL =
            new Write<>("appointment.cancel", AppointmentCancel.class, Appointment.class, Risk.REVERSIBLE_WRITE);

    private AppointmentTools() {}
}
