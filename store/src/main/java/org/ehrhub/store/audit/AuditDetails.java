package org.ehrhub.store.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a record knows beside who, what, where and when, for formats that have no place of its own for it. */
final class AuditDetails {
    private AuditDetails() {}

    /** The details that are there, by name. */
    static Map<String, String> of(AuditRecord record) {
        var details = new LinkedHashMap<String, String>();
        put(details, "stage", record.stage());
        put(details, "decision", record.decision());
        put(details, "rule", record.rule());
        put(details, "approval", record.approval());
        put(details, "downstream", record.downstream());
        put(details, "durationMicros", record.durationMicros());
        put(details, "traceId", record.traceId());
        put(details, "hash", record.hash());
        return details;
    }

    private static void put(Map<String, String> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }
}
