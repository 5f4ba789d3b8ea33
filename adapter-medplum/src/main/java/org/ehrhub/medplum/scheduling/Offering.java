package org.ehrhub.medplum.scheduling;

import java.time.Duration;
import java.util.List;
import org.ehrhub.tools.CodeToken;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * A service on a schedule whose free times Medplum works out.
 *
 * @param schedule whose it is
 * @param service the id of the HealthcareService
 * @param display how the schedule names the service
 * @param types what kinds of visit it is for
 * @param before the longest time that is kept free before a visit
 * @param after the longest time that a visit may take, with what is kept free after it
 */
record Offering(
        Schedule schedule,
        String service,
        @Nullable String display,
        List<CodeableConcept> types,
        Duration before,
        Duration after) {
    String scheduleId() {
        return schedule.getIdPart();
    }

    /** Whether a visit may be of the kind that is asked for, as far as can be told before its times are asked for. */
    boolean serves(@Nullable CodeToken wanted) {
        return wanted == null
                || types.stream().flatMap(type -> type.getCoding().stream()).anyMatch(coding -> fits(coding, wanted));
    }

    static boolean fits(Coding coding, CodeToken wanted) {
        return wanted.fits(coding.getSystem(), coding.getCode());
    }
}
