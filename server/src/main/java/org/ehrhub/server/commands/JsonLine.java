package org.ehrhub.server.commands;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** An event as one line of JSON, with the same as {@link LogLine} shows, for programs that read logs. */
final class JsonLine extends LayoutBase<ILoggingEvent> {
    private static final int MOST_FRAMES = 30;
    private static final int MOST_CAUSES = 8;

    private final JsonMapper json = new JsonMapper();

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = json.createObjectNode()
                .put("at", Instant.ofEpochMilli(event.getTimeStamp()).toString())
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName())
                .put("message", event.getFormattedMessage());
        LogFields.of(event).forEach((key, value) -> line.put(key.word(), value));
        if (event.getThrowableProxy() != null) {
            var places = line.putArray("thrown");
            Stream.iterate(event.getThrowableProxy(), fault -> fault != null, IThrowableProxy::getCause)
                    .limit(MOST_CAUSES)
                    .flatMap(fault -> places(fault).stream())
                    .forEach(places::add);
        }
        return json.writeValueAsString(line) + System.lineSeparator();
    }

    /** Types and places, not its words, which may quote a chart. */
    private static List<String> places(IThrowableProxy fault) {
        return Stream.concat(
                        Stream.of(fault.getClassName()),
                        Arrays.stream(fault.getStackTraceElementProxyArray())
                                .limit(MOST_FRAMES)
                                .map(frame -> frame.getSTEAsString()))
                .toList();
    }
}
