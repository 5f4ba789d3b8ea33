package org.ehrhub.medplum;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehrhub.tools.SlotRef;
import tools.jackson.databind.JsonNode;

/**
 * A free time as {@code $find} proposes it. Such a Slot is not saved and has no id, so the slotRef carries what
 * {@code $book} needs of it, without the words around it: they would not fit.
 *
 * @param schedule {@code Schedule/id}
 * @param service {@code HealthcareService/id}
 */
record FreeTime(String schedule, String start, String end, String service, String system, String code) {
    static final String KEY_SYSTEM = "urn:ehrhub:write-key";

    static FreeTime of(JsonNode slot, String service) {
        var coding = slot.path("serviceType").path(0).path("coding").path(0);
        return new FreeTime(
                slot.path("schedule").path("reference").asString(""),
                slot.path("start").asString(""),
                slot.path("end").asString(""),
                service,
                coding.path("system").asString(""),
                coding.path("code").asString(""));
    }

    static FreeTime of(SlotRef slot) {
        var parts = MedplumJson.MAPPER.readValue(slot.content(), String[].class);
        return new FreeTime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    }

    SlotRef in(String ehr) {
        var content = MedplumJson.MAPPER.writeValueAsString(List.of(schedule, start, end, service, system, code));
        return new SlotRef(ehr, content);
    }

    /** The Parameters of {@code $book}; the server saves the slot as it is sent, which gives the write key its place. */
    Map<String, Object> booking(String patient, String key) {
        var slot = new HashMap<String, Object>();
        slot.put("resourceType", "Slot");
        slot.put("start", start);
        slot.put("end", end);
        slot.put("schedule", MedplumJson.reference(schedule));
        slot.put("status", "free");
        slot.put("serviceType", MedplumJson.serviceType(system, code, service));
        slot.put("identifier", List.of(Map.of("system", KEY_SYSTEM, "value", key)));
        var parameters = new ArrayList<Object>();
        parameters.add(Map.of("name", "slot", "resource", slot));
        parameters.add(Map.of("name", "patient-reference", "valueReference", MedplumJson.reference(patient)));
        return Map.of("resourceType", "Parameters", "parameter", parameters);
    }
}
