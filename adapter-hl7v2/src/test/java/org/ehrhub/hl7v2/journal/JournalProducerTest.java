package org.ehrhub.hl7v2.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.hl7v2.journal.Hl7.admission;
import static org.ehrhub.hl7v2.journal.Hl7.text;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.ehrhub.mllp.MllpHeaders;
import org.ehrhub.mllp.framing.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that keep messages. */
class JournalProducerTest extends JournalRoutes {
    @Test
    void keepsWhatItIsGivenAndSaysSo() throws Exception {
        camel.getRegistry().bind("journal", journal);
        camel.start();
        var first = keep("journal:in", admission("1", "4711"));
        var again = keep("journal:in", admission("1", "4711"));

        assertThat(first.getMessage().getHeader(JournalHeaders.ID)).isEqualTo(1L);
        assertThat(first.getMessage().getHeader(JournalHeaders.FATE)).isEqualTo("NEW");
        assertThat(again.getMessage().getHeader(JournalHeaders.ID)).isEqualTo(1L);
        assertThat(again.getMessage().getHeader(JournalHeaders.FATE)).isEqualTo("DUPLICATE");
        assertThat(again.getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT)).isEqualTo("AA");
        assertThat(journal.rows("in"))
                .singleElement()
                .satisfies(row -> assertThat(text(row.message.content())).isEqualTo(admission("1", "4711")));
    }

    @Test
    void refusesAnotherMessageOfTheSameControlId() throws Exception {
        camel.getRegistry().bind("journal", journal);
        camel.start();
        keep("journal:in", admission("1", "4711"));

        var other = keep("journal:in", admission("1", "4712"));

        assertThat(other.getException()).isInstanceOf(ControlIdTakenException.class);
        assertThat(other.getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT)).isEqualTo("CR");
        assertThat(other.getMessage().getHeader(MllpHeaders.PROBLEM)).isEqualTo(Problem.controlIdTaken());
    }

    @Test
    void neverAcceptsWhatTheJournalDidNotTake() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:forgiving"));
                from("direct:forgiving").log("forgiven");
                from("direct:in").to("journal:in");
            }
        });
        journal.breaks(true);

        var forgiven = keep("direct:in", admission("1", "4711"));

        assertThat(forgiven.getException()).isNull();
        assertThat(forgiven.getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT)).isEqualTo("CE");
    }

    @Test
    void handsOverInOneStepWithItsEnd() throws Exception {
        var attempts = new AtomicInteger();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("journal:in?retryAfter=1ms")
                        .multicast()
                        .to("journal:lab", "journal:billing")
                        .end()
                        .process(exchange -> {
                            if (attempts.incrementAndGet() < 3) {
                                throw new IllegalStateException();
                            }
                            assertThat(journal.rows("lab")).isEmpty();
                        });
            }
        });

        keep("journal:in", admission("1", "A"));
        journal.untilFinished("in");

        assertThat(attempts).hasValue(3);
        assertThat(journal.rows("lab"))
                .singleElement()
                .satisfies(row -> assertThat(row.message.keys()).containsExactly("PID A"));
        assertThat(journal.rows("billing")).hasSize(1);
    }

    @Test
    void keepsWhatABranchHandsOverTooLate() throws Exception {
        var settled = new CountDownLatch(1);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("journal:in").to("seda:later?waitForTaskToComplete=Never");
                from("seda:later").process(exchange -> settled.await()).to("journal:late");
            }
        });

        keep("journal:in", admission("1", "A"));
        journal.untilFinished("in");
        settled.countDown();
        journal.until(all -> all.size() == 2);

        assertThat(journal.rows("late")).hasSize(1);
    }

    @Test
    void saysAtTheStartThatItNeedsAJournal() {
        assertThatThrownBy(() -> {
                    camel.addRoutes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("direct:in").to("journal:in");
                        }
                    });
                    camel.start();
                })
                .hasStackTraceContaining("journal: needs one Journal in Camel's registry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal:In", "journal:a/b", "journal:in?workers=x", "journal:in?unheard=of"})
    void refusesAnAddressThatIsNone(String uri) {
        camel.start();

        assertThatThrownBy(() -> camel.getEndpoint(uri)).isInstanceOf(Exception.class);
    }

    @Test
    void refusesWhatIsNoMessage() throws Exception {
        camel.getRegistry().bind("journal", journal);
        camel.start();

        assertThat(keep("journal:in", "{}").getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(journal.rows("in")).isEmpty();
    }
}
