package org.ehrhub.mllp;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.ehrhub.mllp.sequence.SequenceNumbers;
import org.ehrhub.mllp.server.MessageReceiver;
import org.ehrhub.mllp.server.MllpServer;
import org.ehrhub.mllp.server.ServerSettings;
import org.ehrhub.mllp.sockets.AddressRange;
import org.ehrhub.mllp.sockets.Reconnect;
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

    @UriPath(description = "host:port to listen at, or of the sender; port 0 to listen at any that is free")
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

    @UriParam(description = "Messages a second of all connections together; more have to wait", defaultValue = "0")
    private int messagesPerSecond;

    @UriParam(description = "Messages a second of one connection; more have to wait", defaultValue = "0")
    private int connectionMessagesPerSecond;

    @UriParam(description = "The character set of messages whose MSH-18 is empty, for text that is made of them")
    private @Nullable Charset charset;

    @UriParam(description = "Whether TCP finds out about senders that are gone", defaultValue = "true")
    private boolean tcpKeepAlive = true;

    @UriParam(description = "Whether to connect to the sender in place of waiting for it")
    private boolean dial;

    @UriParam(
            description = "With dial: how long a sender that is not reached rests; each time twice as long",
            javaType = "java.time.Duration",
            defaultValue = "500ms")
    private Duration reconnectDelay = Reconnect.USUAL.first();

    @UriParam(
            description = "With dial: the longest that it rests",
            javaType = "java.time.Duration",
            defaultValue = "30s")
    private Duration mostReconnectDelay = Reconnect.USUAL.most();

    @UriParam(
            description =
                    "A folder for the sequence numbers (MSH-13) of senders that use them; not looked at without it")
    private @Nullable String sequenceNumbers;

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

    MllpServer open(MessageReceiver receiver, Reply reply) throws Exception {
        return dial ? MllpServer.dialling(settings(), receiver, reply) : MllpServer.start(settings(), receiver, reply);
    }

    /** The character set of messages that name none. */
    @Nullable
    Charset site() {
        return charset;
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
                AddressRange.list(senders),
                sslContextParameters == null ? null : sslContextParameters.createSSLContext(getCamelContext()),
                clientCertificate,
                subjects(),
                tcpKeepAlive,
                new ServerSettings.Rates(connectionMessagesPerSecond, messagesPerSecond),
                new Reconnect(reconnectDelay, mostReconnectDelay),
                sequenceNumbers == null ? null : SequenceNumbers.in(Path.of(sequenceNumbers)));
    }

    private Set<String> subjects() {
        return Arrays.stream(certificates.split(";", -1))
                .map(String::strip)
                .filter(subject -> !subject.isEmpty())
                .collect(Collectors.toSet());
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

    public void setMessagesPerSecond(int messagesPerSecond) {
        this.messagesPerSecond = messagesPerSecond;
    }

    public void setConnectionMessagesPerSecond(int connectionMessagesPerSecond) {
        this.connectionMessagesPerSecond = connectionMessagesPerSecond;
    }

    public void setCharset(String charset) {
        this.charset = Charset.forName(charset);
    }

    public void setTcpKeepAlive(boolean tcpKeepAlive) {
        this.tcpKeepAlive = tcpKeepAlive;
    }

    public void setDial(boolean dial) {
        this.dial = dial;
    }

    public void setReconnectDelay(Duration reconnectDelay) {
        this.reconnectDelay = reconnectDelay;
    }

    public void setMostReconnectDelay(Duration mostReconnectDelay) {
        this.mostReconnectDelay = mostReconnectDelay;
    }

    public void setSequenceNumbers(String sequenceNumbers) {
        this.sequenceNumbers = sequenceNumbers;
    }
}
