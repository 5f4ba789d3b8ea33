package org.ehrhub.adapters;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The EHRs of a running hub, by name, in the order of the configuration. */
public final class EhrRegistry implements AutoCloseable {
    private final Map<String, Entry> byName;

    /** A registry of these EHRs. */
    public EhrRegistry(Collection<Entry> entries) {
        var map = new LinkedHashMap<String, Entry>();
        entries.forEach(entry -> map.put(entry.ehr(), entry));
        byName = Collections.unmodifiableMap(map);
    }

    /**
     * One EHR.
     *
     * @param ehr its name
     * @param type the word for its kind
     * @param adapter what speaks to it
     */
    public record Entry(String ehr, String type, EhrAdapter adapter) {
        /** What it supports just now. */
        public ToolHandlers handlers() {
            return adapter.handlers();
        }
    }

    /** The EHR of this name. */
    public Optional<Entry> find(String ehr) {
        return Optional.ofNullable(byName.get(ehr));
    }

    /** All EHRs in their order. */
    public Collection<Entry> all() {
        return byName.values();
    }

    @Override
    public void close() {
        byName.values().forEach(entry -> entry.adapter().close());
    }
}
