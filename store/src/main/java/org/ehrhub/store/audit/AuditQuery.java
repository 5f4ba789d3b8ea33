package org.ehrhub.store.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which records of the trail are wanted; what is absent does not matter.
 *
 * @param node the hub that kept them
 * @param principal who called, or in whose name
 * @param tool what was called
 * @param ehr an EHR the call went to
 * @param patient the keyed hash of a patient it was about
 * @param record a reference to another record it was about
 * @param from no earlier than
 * @param to earlier than
 */
public record AuditQuery(
        @Nullable String node,
        @Nullable String principal,
        @Nullable String tool,
        @Nullable String ehr,
        @Nullable String patient,
        @Nullable String record,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** Every record. */
    public static final AuditQuery ALL = new AuditQuery(null, null, null, null, null, null, null, null);

    static AuditQuery ofNode(String node) {
        return new AuditQuery(node, null, null, null, null, null, null, null);
    }

    /** The same of one hub. */
    AuditQuery of(String one) {
        return new AuditQuery(one, principal, tool, ehr, patient, record, from, to);
    }

    /** More of a where clause. */
    String conditions() {
        var parts = new LinkedHashMap<String, @Nullable Object>();
        parts.put(" and (principal = :principal or on_behalf_of = :principal)", principal);
        parts.put(" and tool = :tool", tool);
        parts.put(" and position(:ehr in ' ' || ehrs || ' ') > 0", ehr);
        parts.put(" and position(:patient in ' ' || patients || ' ') > 0", patient);
        parts.put(" and position(:record in ' ' || records || ' ') > 0", record);
        parts.put(" and at_ms >= :from", from);
        parts.put(" and at_ms < :to", to);
        parts.values().removeIf(value -> value == null);
        return String.join("", parts.keySet());
    }

    /** Their values. */
    Map<String, Object> parameters() {
        var values = new HashMap<String, Object>();
        put(values, "principal", principal);
        put(values, "tool", tool);
        put(values, "ehr", ehr == null ? null : " " + ehr + " ");
        put(values, "patient", patient == null ? null : " " + patient + " ");
        put(values, "record", record == null ? null : " " + record + " ");
        put(values, "from", from == null ? null : from.toEpochMilli());
        put(values, "to", to == null ? null : to.toEpochMilli());
        return values;
    }

    private static void put(Map<String, Object> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
