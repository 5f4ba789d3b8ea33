package org.ehrhub.medplum.scheduling;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.SlotRef;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;

/**
 * A free time as {@code $find} proposes it: a Slot that is not stored and has no id, so that a slotRef holds what
 * {@code $book} needs of it.
 *
 * @param schedule the id of the Schedule
 * @param service the id of the HealthcareService
 * @param start as the server wrote it
 * @param end as the server wrote it
 * @param system the code system of the kind of visit; empty for none
 * @param code the code of the kind of visit; empty for none
 */
record FreeTime(String schedule, String service, String start, String end, String system, String code) {
    private static final String KIND = "$find";
    private static final String BETWEEN = "\n";
    private static final int PARTS = 7;

    /**
     * The time that a slotRef stands for; empty where it stands for a stored Slot.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is of another EHR, or damaged
     */
    static Optional<FreeTime> of(SlotRef slotRef, String ehr) {
        if (!slotRef.ehr().equals(ehr)) {
            throw stale();
        }
        if (!slotRef.content().startsWith(KIND + BETWEEN)) {
            return Optional.empty();
        }
        var parts = slotRef.content().split(BETWEEN, -1);
        if (parts.length != PARTS) {
            throw stale();
        }
        return Optional.of(new FreeTime(parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]));
    }

    /** The slotRef; without the code where that is too long for one, since the service says as much. */
    SlotRef in(String ehr) {
        var content = String.join(BETWEEN, KIND, schedule, service, start, end, system, code);
        return content.getBytes(StandardCharsets.UTF_8).length > SlotRef.MAX_CONTENT
                ? new FreeTime(schedule, service, start, end, "", "").in(ehr)
                : new SlotRef(ehr, content);
    }

    OffsetDateTime startTime() {
        return OffsetDateTime.parse(start);
    }

    OffsetDateTime endTime() {
        return OffsetDateTime.parse(end);
    }

    /** What {@code $book} is sent; the server stores the Slot as it is sent, which gives the key of the write its place. */
    Parameters booking(String patient, String key) {
        var type = new CodeableConcept();
        type.addExtension(MedplumScheduling.SERVICE, new Reference("HealthcareService/" + service));
        if (!code.isEmpty()) {
            type.addCoding().setCode(code).setSystem(system.isEmpty() ? null : system);
        }
        var slot = new Slot()
                .setSchedule(new Reference("Schedule/" + schedule))
                .setStatus(SlotStatus.FREE)
                .setServiceType(List.of(type))
                .setStartElement(new InstantType(start))
                .setEndElement(new InstantType(end))
                .addIdentifier(WriteKeys.identifier(key));
        var parameters = new Parameters();
        parameters.addParameter().setName("slot").setResource(slot);
        parameters.addParameter().setName("patient-reference").setValue(new Reference("Patient/" + patient));
        return parameters;
    }

    private static EhrFailure stale() {
        return new EhrFailure(
                ErrorCode.INVALID_INPUT, "`slotRef` is not one that this EHR gave.", "Call slot.search again.");
    }
}
