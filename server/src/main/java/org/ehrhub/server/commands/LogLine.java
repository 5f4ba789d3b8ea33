package org.ehrhub.server.commands;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * An event as one line of the log. An exception is shown by its types and places, without its message, which may quote a
 * chart; a line break inside a message becomes a space, so that no text can pose as a line of its own.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private static final int MOST_FRAMES = 30;
    private static final int MOST_CAUSES = 8;

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        var logger = event.getLoggerName();
        line.append(' ').append(event.getLevel()).append(' ').append(logger.substring(logger.lastIndexOf('.') + 1));
        line.append(" - ").append(oneLine(event.getFormattedMessage()));
        LogFields.of(event)
                .forEach((key, value) -> line.append(' ')
                        .append(key.word())
                        .append('=')
                        .append(value.indexOf(' ') < 0 ? value : "\"" + value + "\""));
        line.append(System.lineSeparator());
        int depth = 0;
        for (var fault = event.getThrowableProxy(); fault != null && depth < MOST_CAUSES; fault = fault.getCause()) {
            show(fault, depth++ == 0 ? "  " : "  caused by ", line);
        }
        return line.toString();
    }

    private static String oneLine(String message) {
        return message.chars()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void show(IThrowableProxy fault, String before, StringBuilder line) {
        line.append(before).append(fault.getClassName()).append(System.lineSeparator());
        var frames = fault.getStackTraceElementProxyArray();
        for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
            line.append("    ").append(frames[i].getSTEAsString()).append(System.lineSeparator());
        }
    }
}
