package org.ehrhub.fhir.appointments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.OffsetDateTime;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.SlotRef;
import org.jspecify.annotations.Nullable;

/**
 * A free time as it was offered: what a slotRef holds.
 *
 * @param slot the id of the Slot, where the server has Slots
 * @param start with the server's offset
 * @param end with the server's offset
 * @param who the practitioner, {@code Practitioner/id}
 * @param where the location, {@code Location/id}
 * @param system the code system of the service type
 * @param code the code of the service type
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Offer(
        @Nullable String slot,
        String start,
        String end,
        @Nullable String who,
        @Nullable String where,
        @Nullable String system,
        @Nullable String code) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Offer of(SlotRef slotRef, String ehr) {
        if (!slotRef.ehr().equals(ehr)) {
            throw stale();
        }
        try {
            return JSON.readValue(slotRef.content(), Offer.class);
        } catch (JsonProcessingException e) {
            throw stale();
        }
    }

    SlotRef sealedFor(String ehr) {
        try {
            return new SlotRef(ehr, JSON.writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An offer has only texts", e);
        }
    }

    OffsetDateTime startTime() {
        return OffsetDateTime.parse(start);
    }

    OffsetDateTime endTime() {
        return OffsetDateTime.parse(end);
    }

    private static EhrFailure stale() {
        return new EhrFailure(
                ErrorCode.INVALID_INPUT, "`slotRef` is not one that this EHR gave.", "Call slot.search again.");
    }
}
