package org.ehrhub.medplum.scheduling;

import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** What an appointment that was booked anew takes over from the one before. */
final class Carried {
    private Carried() {}

    /** Puts what the old one says of the visit into the new one; when, where and with whom are the new one's own. */
    static void over(Appointment old, Appointment made, @Nullable String why) {
        made.setDescription(old.getDescription())
                .setPatientInstruction(old.getPatientInstruction())
                .setAppointmentType(old.getAppointmentType())
                .setReasonCode(old.getReasonCode())
                .setReasonReference(old.getReasonReference())
                .setSupportingInformation(old.getSupportingInformation())
                .setBasedOn(old.getBasedOn());
        if (old.hasPriority()) {
            made.setPriority(old.getPriority());
        }
        var said = old.hasComment() ? old.getComment() + "\n" : "";
        var comment = why == null ? said.strip() : said + "Moved: " + why;
        made.setComment(comment.isEmpty() ? null : comment);
        old.getParticipant().stream().filter(one -> isCompanion(one.getActor())).forEach(made::addParticipant);
    }

    private static boolean isCompanion(Reference actor) {
        return "RelatedPerson".equals(actor.getReferenceElement().getResourceType());
    }
}
