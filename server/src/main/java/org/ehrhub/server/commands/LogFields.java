package org.ehrhub.server.commands;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.ehrhub.adapters.LogKey;

/** What an event says beside its words, as far as the dictionary has it. */
final class LogFields {
    private LogFields() {}

    static Map<LogKey, String> of(ILoggingEvent event) {
        var fields = new EnumMap<LogKey, String>(LogKey.class);
        event.getMDCPropertyMap().forEach((name, value) -> put(fields, name, value));
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> put(fields, pair.key, pair.value));
        }
        return Collections.unmodifiableMap(fields);
    }

    private static void put(Map<LogKey, String> fields, String name, Object value) {
        LogKey.of(name).ifPresent(key -> fields.put(key, key.shown(value)));
    }
}
