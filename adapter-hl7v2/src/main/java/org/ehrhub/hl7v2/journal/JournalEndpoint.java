package org.ehrhub.hl7v2.journal;

import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** A channel of the journal. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "journal",
        title = "Journal",
        syntax = "journal:channel",
        category = Category.HEALTH)
public final class JournalEndpoint extends DefaultEndpoint {
    @UriPath(description = "The channel: small letters, digits and hyphens")
    private final String channel;

    @UriParam(
            label = "producer",
            description = "Whose messages are worked one after another: PATIENT, CHANNEL or NONE",
            defaultValue = "PATIENT")
    private Ordering.Order order = Ordering.Order.PATIENT;

    @UriParam(
            label = "producer",
            description =
                    "The assigning authority (CX.4) whose identifier names the patient; every identifier without it")
    private @Nullable String authority;

    @UriParam(label = "consumer", description = "How many messages are worked at once", defaultValue = "1")
    private int workers = 1;

    @UriParam(
            label = "consumer",
            description =
                    "For how long a message is held before another worker may take it; held longer while it is worked",
            javaType = "java.time.Duration",
            defaultValue = "1m")
    private Duration lease = Duration.ofMinutes(1);

    @UriParam(
            label = "consumer",
            description = "How long a message rests after its first attempt; twice as long after each further one",
            javaType = "java.time.Duration",
            defaultValue = "1s")
    private Duration retryAfter = Duration.ofSeconds(1);

    @UriParam(
            label = "consumer",
            description = "The longest that a message rests",
            javaType = "java.time.Duration",
            defaultValue = "5m")
    private Duration mostRetryAfter = Duration.ofMinutes(5);

    @UriParam(
            label = "consumer",
            description = "After how many attempts a message is given up; 0 for never",
            defaultValue = "0")
    private int attempts;

    @UriParam(
            label = "consumer",
            description = "What becomes of a message that its receiver refuses (AE, AR, CE, CR): DEAD or RETRY",
            defaultValue = "DEAD")
    private Retries.Refused refused = Retries.Refused.DEAD;

    JournalEndpoint(String uri, JournalComponent component, String channel) {
        super(uri, component);
        this.channel = channel;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        var consumer = new JournalConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        return new JournalProducer(this);
    }

    @Override
    public JournalComponent getComponent() {
        return (JournalComponent) super.getComponent();
    }

    String channel() {
        return channel;
    }

    Ordering ordering() {
        return new Ordering(order, authority);
    }

    Retries retries() {
        return new Retries(retryAfter, mostRetryAfter, attempts, refused);
    }

    ChannelWorkers.Settings workers() {
        return new ChannelWorkers.Settings(channel, workers, lease);
    }

    public void setOrder(Ordering.Order order) {
        this.order = order;
    }

    public void setAuthority(String authority) {
        this.authority = authority;
    }

    public void setWorkers(int workers) {
        this.workers = workers;
    }

    public void setLease(Duration lease) {
        this.lease = lease;
    }

    public void setRetryAfter(Duration retryAfter) {
        this.retryAfter = retryAfter;
    }

    public void setMostRetryAfter(Duration mostRetryAfter) {
        this.mostRetryAfter = mostRetryAfter;
    }

    public void setAttempts(int attempts) {
        this.attempts = attempts;
    }

    public void setRefused(Retries.Refused refused) {
        this.refused = refused;
    }
}
