package org.ehrhub.mllp;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.ehrhub.mllp.framing.ControlIds;
import org.ehrhub.mllp.framing.Reply;
import org.ehrhub.mllp.server.AddressRange;
import org.ehrhub.mllp.server.ServerSettings;
import org.jspecify.annotations.Nullable;

/** Where HL7 v2 messages are received over MLLP. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "mllp-server",
        title = "MLLP server",
        syntax = "mllp-server:address",
        consumerOnly = true,
        category = Category.HEALTH)
public final class MllpServerEndpoint extends DefaultEndpoint {
    private static final Reply REPLY = new Reply(Clock.systemUTC(), new ControlIds());

    @UriPath(description = "host:port to listen at; port 0 for any that is free")
    private final Address address;

    @UriParam(description = "Connections open at once", defaultValue = "10000")
    private int mostConnections = 10_000;

    @UriParam(description = "The longest message, in bytes", defaultValue = "16777216")
    private int mostBytes = 16 * 1024 * 1024;

    @UriParam(
            description = "How long a connection may say nothing; for ever without it",
            javaType = "java.time.Duration")
    private @Nullable Duration idle;

    @UriParam(
            description = "After an end block without its carriage return the message counts as ended",
            javaType = "java.time.Duration",
            defaultValue = "500ms")
    private Duration pause = Duration.ofMillis(500);

    @UriParam(
            description = "Longest wait until a sender takes an answer",
            javaType = "java.time.Duration",
            defaultValue = "30s")
    private Duration answerLimit = Duration.ofSeconds(30);

    @UriParam(description = "Addresses that may connect, such as 10.1.0.0/16, with commas between; all without it")
    private String senders = "";

    @UriParam(label = "security", description = "TLS; a message is not secured on its way without it")
    private @Nullable SSLContextParameters sslContextParameters;

    @UriParam(label = "security", description = "Whether a sender must show a certificate")
    private boolean clientCertificate;

    @UriParam(
            label = "security",
            description =
                    "Subjects of certificates that may connect, with semicolons between; all trusted ones without it")
    private String certificates = "";

    MllpServerEndpoint(String uri, MllpServerComponent component, Address address) {
        super(uri, component);
        this.address = address;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        var consumer = new MllpServerConsumer(this, processor, REPLY);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("mllp-server receives; mllp-client sends");
    }

    ServerSettings settings() throws Exception {
        return new ServerSettings(
                address.host(),
                address.port(),
                mostConnections,
                mostBytes,
                idle,
                pause,
                answerLimit,
                words(senders, ",").stream().map(AddressRange::of).toList(),
                sslContextParameters == null ? null : sslContextParameters.createSSLContext(getCamelContext()),
                clientCertificate,
                Set.copyOf(words(certificates, ";")));
    }

    private static List<String> words(String text, String separator) {
        return Arrays.stream(text.split(separator, -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    public void setMostConnections(int mostConnections) {
        this.mostConnections = mostConnections;
    }

    public void setMostBytes(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    public void setIdle(Duration idle) {
        this.idle = idle;
    }

    public void setPause(Duration pause) {
        this.pause = pause;
    }

    public void setAnswerLimit(Duration answerLimit) {
        this.answerLimit = answerLimit;
    }

    public void setSenders(String senders) {
        this.senders = senders;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public void setClientCertificate(boolean clientCertificate) {
        this.clientCertificate = clientCertificate;
    }

    public void setCertificates(String certificates) {
        this.certificates = certificates;
    }
}
