package org.ehrhub.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;

/** What a line of the log shows of an event. */
class LogLinesTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void showTheCallAndItsTraceAndWhatElseTheDictionaryHas() {
        var event = event();
        event.addKeyValuePair(new KeyValuePair("status", 503));
        event.addKeyValuePair(new KeyValuePair("fault", "a.B at c.D"));

        assertThat(new LogLine().doLayout(event))
                .endsWith("INFO X - asked in vain call=c-1 trace=0af7651916cd43dd8448eb211c80319c status=503 "
                        + "fault=\"a.B at c.D\"" + System.lineSeparator());
        var line = new JsonMapper().readTree(new JsonLine().doLayout(event));
        assertThat(line.path("call").asString()).isEqualTo("c-1");
        assertThat(line.path("status").asString()).isEqualTo("503");
    }

    @Test
    void showNoNameThatTheDictionaryHasNotAndNoValueOfAnotherForm() {
        var event = event();
        event.addKeyValuePair(new KeyValuePair("patient", "Ada Hill"));
        event.addKeyValuePair(new KeyValuePair("ehr", "Ada Hill"));
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("Ada Hill")));

        for (var line : List.of(new LogLine().doLayout(event), new JsonLine().doLayout(event))) {
            assertThat(line).doesNotContain("Ada", "patient").contains("?", "IllegalStateException");
        }
    }

    private LoggingEvent event() {
        var event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLoggerName("org.ehrhub.X");
        event.setLevel(Level.INFO);
        event.setMessage("asked in vain");
        event.setMDCPropertyMap(Map.of("call", "c-1", "trace", "0af7651916cd43dd8448eb211c80319c", "user", "Ada"));
        return event;
    }
}
