package org.ehrhub.hl7v2.journal;

import static org.ehrhub.hl7v2.journal.Hl7.bytes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.mllp.MllpHeaders;
import org.junit.jupiter.api.AfterEach;

/** Routes with a journal and without a transport. */
abstract class JournalRoutes {
    final MemoryJournal journal = new MemoryJournal();
    final DefaultCamelContext camel = new DefaultCamelContext();
    final List<String> worked = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        camel.stop();
    }

    void start(RouteBuilder routes) throws Exception {
        camel.getRegistry().bind("journal", journal);
        camel.addRoutes(routes);
        camel.start();
    }

    /** A route that works a channel so. */
    void working(String from, Processor work) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(from).routeId("work").process(work);
            }
        });
    }

    Exchange keep(String to, String message) {
        return camel.createProducerTemplate()
                .send(to, exchange -> exchange.getMessage().setBody(bytes(message)));
    }

    void write(Exchange exchange) {
        worked.add(exchange.getMessage().getHeader(MllpHeaders.CONTROL_ID, String.class));
    }
}
