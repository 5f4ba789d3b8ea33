package org.ehrhub.hl7v2.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.hl7v2.journal.Hl7.admission;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.ehrhub.mllp.MllpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that work what is kept. */
class JournalConsumerTest extends JournalRoutes {
    @Test
    void givesARouteTheMessageAndWhatIsKnownOfIt() throws Exception {
        var seen = new CopyOnWriteArrayList<Exchange>();
        working("journal:in", exchange -> seen.add(exchange.copy()));

        keep("journal:in", admission("42", "4711"));
        journal.untilFinished("in");

        var message = seen.getFirst().getMessage();
        assertThat(message.getBody(String.class)).isEqualTo(admission("42", "4711"));
        assertThat(message.getHeader(JournalHeaders.ID)).isEqualTo(1L);
        assertThat(message.getHeader(JournalHeaders.ATTEMPT)).isEqualTo(1);
        assertThat(message.getHeader(JournalHeaders.CHANNEL)).isEqualTo("in");
        assertThat(message.getHeader(MllpHeaders.TRIGGER)).isEqualTo("A01");
        assertThat(journal.rows("in")).extracting(row -> row.state).containsExactly("DONE");
    }

    @Test
    void aPatientsMessagesKeepTheirOrderAcrossRetriesAndOthersGoOn() throws Exception {
        var attempts = new AtomicInteger();
        working("journal:in?workers=4&retryAfter=300ms", exchange -> {
            boolean first = exchange.getMessage()
                    .getHeader(MllpHeaders.CONTROL_ID, "", String.class)
                    .equals("1");
            if (first && attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("DOE^JANE");
            }
            write(exchange);
        });

        for (var message : List.of(admission("1", "A"), admission("2", "A"), admission("3", "B"))) {
            keep("journal:in", message);
        }
        journal.untilFinished("in");

        assertThat(worked).containsExactly("3", "1", "2");
        assertThat(journal.rows("in").getFirst().attempts).isEqualTo(3);
        assertThat(journal.rows("in").getFirst().reason).isEqualTo("The route failed: IllegalStateException");
    }

    @Test
    void givesUpAfterSoManyAttempts() throws Exception {
        working("journal:in?retryAfter=1ms&attempts=3", exchange -> {
            throw new IllegalStateException();
        });

        keep("journal:in", admission("1", "A"));
        journal.untilFinished("in");

        assertThat(journal.rows("in")).singleElement().satisfies(row -> {
            assertThat(row.state).isEqualTo("DEAD");
            assertThat(row.attempts).isEqualTo(3);
            assertThat(row.reason).isEqualTo("The route failed: IllegalStateException; given up after 3 attempts");
        });
    }

    @Test
    void givesUpAtOnceWhatCannotGoWell() throws Exception {
        working("journal:in", exchange -> {
            throw new IllegalArgumentException("DOE^JANE");
        });

        keep("journal:in", admission("1", "A"));
        journal.untilFinished("in");

        assertThat(journal.rows("in")).singleElement().satisfies(row -> {
            assertThat(row.state).isEqualTo("DEAD");
            assertThat(row.reason).isEqualTo("The route failed: IllegalArgumentException");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"AE", "AR", "CE", "CR"})
    void whatItsReceiverRefusesIsDead(String code) throws Exception {
        working("journal:in", exchange -> exchange.getMessage().setHeader(MllpHeaders.ACKNOWLEDGEMENT, code));

        keep("journal:in", admission("1", "A"));
        journal.untilFinished("in");

        assertThat(journal.rows("in")).singleElement().satisfies(row -> {
            assertThat(row.state).isEqualTo("DEAD");
            assertThat(row.reason).isEqualTo("The receiver refused it: " + code);
        });
    }

    @Test
    void whatItsReceiverRefusesMayBeTriedAgain() throws Exception {
        working(
                "journal:in?refused=retry&retryAfter=1ms",
                exchange -> exchange.getMessage()
                        .setHeader(
                                MllpHeaders.ACKNOWLEDGEMENT,
                                exchange.getMessage().getHeader(JournalHeaders.ATTEMPT, Integer.class) < 3
                                        ? "AE"
                                        : "AA"));

        keep("journal:in", admission("1", "A"));
        journal.untilFinished("in");

        assertThat(journal.rows("in")).extracting(row -> row.state).containsExactly("DONE");
        assertThat(journal.rows("in").getFirst().attempts).isEqualTo(3);
    }

    @Test
    void holdsOnToAMessageForAsLongAsItIsWorked() throws Exception {
        working("journal:in?lease=1s&workers=2", exchange -> {
            write(exchange);
            Thread.sleep(2500); // longer than two leases
        });

        keep("journal:in", admission("1", "A"));
        journal.untilFinished("in");

        assertThat(worked).containsExactly("1");
        assertThat(journal.rows("in").getFirst().attempts).isEqualTo(1);
    }

    @Test
    void doesNotBeginWhatMayBeAnotherWorkers() throws Exception {
        var go = new CountDownLatch(1);
        working("journal:in?lease=1s", exchange -> {
            write(exchange);
            go.await();
        });
        keep("journal:in", admission("1", "A"));
        keep("journal:in", admission("2", "B"));
        journal.until(all -> all.stream().allMatch(row -> row.state.equals("CLAIMED")));
        journal.forgetsLeases();
        Thread.sleep(1100); // longer than the lease
        go.countDown();
        journal.untilFinished("in");

        assertThat(journal.rows("in").get(1).attempts).as("it was claimed anew").isEqualTo(2);
        assertThat(worked).filteredOn("2"::equals).hasSize(1);
    }

    @Test
    void writesAnEndOnceTheJournalCanBeWrittenAgain() throws Exception {
        working("journal:in", exchange -> {
            write(exchange);
            journal.breaks(true);
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(1500);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                journal.breaks(false);
            });
        });

        keep("journal:in", admission("1", "A"));
        journal.untilFinished("in");

        assertThat(worked).containsExactly("1");
    }

    @Test
    void whenItStopsItEndsWhatIsBegunAndGivesBackTheRest() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        working("journal:in", exchange -> {
            write(exchange);
            begun.countDown();
            go.await();
        });
        keep("journal:in", admission("1", "A"));
        keep("journal:in", admission("2", "B"));
        begun.await();
        journal.until(all -> all.stream().allMatch(row -> row.state.equals("CLAIMED")));

        var stopping = Thread.ofVirtual().start(camel::stop);
        journal.until(all -> all.get(1).state.equals("WAITING"));
        assertThat(journal.rows("in").getFirst().state).isEqualTo("CLAIMED");
        go.countDown();
        stopping.join();

        assertThat(journal.rows("in")).extracting(row -> row.state).containsExactly("DONE", "WAITING");
        assertThat(worked).containsExactly("1");
    }
}
