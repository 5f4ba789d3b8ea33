package org.ehrhub.routes.approvals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.VisibleFields;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.patients.Patient;
import org.jspecify.annotations.Nullable;

/**
 * What the hub has read of the chart that a call is about, at the time of asking.
 *
 * @param about the patient, where the call names one or the record it names is one's
 * @param patient the patient as the EHR shows them; absent where it could not be read, or may not be shown
 * @param appointment the appointment that the call names; absent as well
 * @param version the version of the record that would change; empty where there is none
 * @param unread what the hub could not read, in its words
 */
public record ChartFacts(
        @Nullable Reference about,
        @Nullable Patient patient,
        @Nullable Appointment appointment,
        String version,
        List<String> unread) {
    /** Takes a copy. */
    public ChartFacts {
        unread = List.copyOf(unread);
    }

    /** What somebody is shown who may not see these groups of patients, and these of appointments. */
    public ChartFacts without(Set<FieldGroup> ofPatients, Set<FieldGroup> ofAppointments) {
        var withheld = new ArrayList<>(unread);
        if ((patient != null && !ofPatients.isEmpty()) || (appointment != null && !ofAppointments.isEmpty())) {
            withheld.add("Policy keeps from you parts of the chart that whoever decides is shown.");
        }
        return new ChartFacts(about, shown(patient, ofPatients), shown(appointment, ofAppointments), version, withheld);
    }

    private static <T extends Record> @Nullable T shown(@Nullable T record, Set<FieldGroup> withheld) {
        return record == null || withheld.size() == FieldGroup.values().length
                ? null
                : VisibleFields.without(record, withheld);
    }
}
