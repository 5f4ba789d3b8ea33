package org.ehrhub.server.commands;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import java.util.logging.LogManager;
import org.ehrhub.server.config.LogFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log: standard error, one line an event, because standard output belongs to MCP. Libraries speak only when something is
 * wrong, and never of the content of a message. Found by Logback as a service, which starts faster than its XML.
 */
public final class HubLog extends ContextAwareBase implements Configurator {
    private static final String APPENDER = "hub";

    private static final Map<String, Level> LEVELS = Map.of(
            Logger.ROOT_LOGGER_NAME,
            Level.WARN,
            "org.ehrhub",
            Level.INFO,
            // Its errors quote messages, and messages hold what patients say.
            "io.modelcontextprotocol",
            Level.OFF,
            // They quote what they stumble over, and files hold what is written of patients.
            "org.apache.pdfbox",
            Level.OFF,
            "org.apache.fontbox",
            Level.OFF,
            // The sandbox's server says of every 4xx that it was one.
            "ca.uhn.fhir.rest.server",
            Level.ERROR,
            // camel-fhir says of every update that two of its methods would do.
            "org.ehrhub.fhir.client.CallerThreadComponent$CallerThreadProducer",
            Level.ERROR,
            // Says at each start on a busy machine that it is busy.
            "org.apache.catalina.util.SessionIdGeneratorBase",
            Level.ERROR);

    /** For the service loader. */
    public HubLog() {}

    /** Takes over every logging system of the process. */
    static void begin() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        LoggerFactory.getILoggerFactory();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        LogManager.getLogManager().getLogger("").setLevel(java.util.logging.Level.WARNING);
    }

    /** Writes lines of this form from now on. */
    static void write(LogFormat format) {
        var log = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (log.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER)
                instanceof ConsoleAppender<ILoggingEvent> console) {
            console.setEncoder(encoder(log, format == LogFormat.JSON ? new JsonLine() : new LogLine()));
        }
    }

    private static LayoutWrappingEncoder<ILoggingEvent> encoder(LoggerContext log, Layout<ILoggingEvent> line) {
        line.setContext(log);
        line.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(log);
        encoder.setLayout(line);
        encoder.start();
        return encoder;
    }

    @Override
    public ExecutionStatus configure(LoggerContext log) {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(log);
        appender.setTarget("System.err");
        appender.setName(APPENDER);
        appender.setEncoder(encoder(log, new LogLine()));
        appender.start();
        log.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        LEVELS.forEach((name, level) -> log.getLogger(name).setLevel(level));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
