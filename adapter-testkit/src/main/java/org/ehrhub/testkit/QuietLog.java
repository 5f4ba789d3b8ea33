package org.ehrhub.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/**
 * All that is logged while it is open, through SLF4J or the JDK: what an operator sees by default, and of the hub's own
 * classes everything.
 */
final class QuietLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final String OURS = "org.ehrhub";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = logger(OURS);
    private final Level rootLevel = root.getLevel();
    private final java.util.logging.Logger jdk = LogManager.getLogManager().getLogger("");
    private final Handler jdkLines = new JdkLines();

    /** Starts to listen. */
    QuietLog() {
        start();
        root.setLevel(Level.INFO);
        ours.setLevel(Level.TRACE);
        root.addAppender(this);
        jdk.addHandler(jdkLines);
    }

    private final class JdkLines extends Handler {
        @Override
        public void publish(LogRecord line) {
            var thrown = line.getThrown();
            lines.add(line.getMessage() + List.of(parameters(line)) + (thrown == null ? "" : thrown.toString()));
        }

        private static Object[] parameters(LogRecord line) {
            return line.getParameters() == null ? new Object[0] : line.getParameters();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Override
    protected void append(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        lines.add(event.getFormattedMessage() + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
    }

    /** What was logged. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.setLevel(rootLevel);
        ours.setLevel(null);
        jdk.removeHandler(jdkLines);
        stop();
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
