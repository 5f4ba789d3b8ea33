package org.ehrhub.mllp;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.ehrhub.mllp.client.ClientSettings;
import org.ehrhub.mllp.client.MllpClient;
import org.ehrhub.mllp.sequence.SequenceNumbers;
import org.ehrhub.mllp.sockets.AddressRange;
import org.ehrhub.mllp.sockets.Reconnect;
import org.jspecify.annotations.Nullable;

/** Where HL7 v2 messages are sent over MLLP. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "mllp-client",
        title = "MLLP client",
        syntax = "mllp-client:address",
        producerOnly = true,
        category = Category.HEALTH)
public final class MllpClientEndpoint extends DefaultEndpoint {
    @UriPath(description = "host:port of the receiver, or to wait for it at")
    private final Address address;

    @UriParam(description = "Connections open at once; with one all messages keep their order", defaultValue = "1")
    private int connections = 1;

    @UriParam(description = "Longest wait for a connection", javaType = "java.time.Duration", defaultValue = "5s")
    private Duration connectLimit = Duration.ofSeconds(5);

    @UriParam(description = "Longest wait for an answer", javaType = "java.time.Duration", defaultValue = "30s")
    private Duration answerLimit = Duration.ofSeconds(30);

    @UriParam(description = "The longest answer, in bytes", defaultValue = "16777216")
    private int mostBytes = 16 * 1024 * 1024;

    @UriParam(label = "security", description = "TLS; a message is not secured on its way without it")
    private @Nullable SSLContextParameters sslContextParameters;

    @UriParam(description = "Whether to wait until the receiver connects in place of connecting to it")
    private boolean listen;

    @UriParam(description = "With listen: addresses that may connect, such as 10.1.0.0/16, with commas between")
    private String receivers = "";

    @UriParam(
            description = "How long a receiver that is not reached is left alone; each time twice as long",
            javaType = "java.time.Duration",
            defaultValue = "500ms")
    private Duration reconnectDelay = Reconnect.USUAL.first();

    @UriParam(description = "The longest that it is left alone", javaType = "java.time.Duration", defaultValue = "30s")
    private Duration mostReconnectDelay = Reconnect.USUAL.most();

    @UriParam(
            description = "How long a message waits for a receiver that is not reached; it fails at once without it",
            javaType = "java.time.Duration")
    private @Nullable Duration reconnectLimit;

    @UriParam(description = "Whether TCP finds out about receivers that are gone", defaultValue = "true")
    private boolean tcpKeepAlive = true;

    @UriParam(
            description = "How often a carriage return is sent where nothing else is; never without it",
            javaType = "java.time.Duration")
    private @Nullable Duration keepAlive;

    @UriParam(description = "The character set of text whose MSH-18 is empty")
    private @Nullable Charset charset;

    @UriParam(
            description =
                    "A folder for the sequence numbers (MSH-13) that messages are given; they get none without it")
    private @Nullable String sequenceNumbers;

    MllpClientEndpoint(String uri, MllpClientComponent component, Address address) {
        super(uri, component);
        this.address = address;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("mllp-client sends; mllp-server receives");
    }

    @Override
    public Producer createProducer() {
        return new MllpClientProducer(this);
    }

    MllpClient open() throws Exception {
        return listen ? MllpClient.listening(settings()) : new MllpClient(settings());
    }

    /** The character set of text that names none. */
    @Nullable
    Charset site() {
        return charset;
    }

    ClientSettings settings() throws Exception {
        return new ClientSettings(
                address.host(),
                address.port(),
                connections,
                connectLimit,
                answerLimit,
                mostBytes,
                sslContextParameters == null ? null : sslContextParameters.createSSLContext(getCamelContext()),
                tcpKeepAlive,
                keepAlive,
                new Reconnect(reconnectDelay, mostReconnectDelay),
                reconnectLimit,
                AddressRange.list(receivers),
                sequenceNumbers == null ? null : SequenceNumbers.in(Path.of(sequenceNumbers)));
    }

    public void setConnections(int connections) {
        this.connections = connections;
    }

    public void setConnectLimit(Duration connectLimit) {
        this.connectLimit = connectLimit;
    }

    public void setAnswerLimit(Duration answerLimit) {
        this.answerLimit = answerLimit;
    }

    public void setMostBytes(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public void setListen(boolean listen) {
        this.listen = listen;
    }

    public void setReceivers(String receivers) {
        this.receivers = receivers;
    }

    public void setReconnectDelay(Duration reconnectDelay) {
        this.reconnectDelay = reconnectDelay;
    }

    public void setMostReconnectDelay(Duration mostReconnectDelay) {
        this.mostReconnectDelay = mostReconnectDelay;
    }

    public void setReconnectLimit(Duration reconnectLimit) {
        this.reconnectLimit = reconnectLimit;
    }

    public void setTcpKeepAlive(boolean tcpKeepAlive) {
        this.tcpKeepAlive = tcpKeepAlive;
    }

    public void setKeepAlive(Duration keepAlive) {
        this.keepAlive = keepAlive;
    }

    public void setCharset(String charset) {
        this.charset = Charset.forName(charset);
    }

    public void setSequenceNumbers(String sequenceNumbers) {
        this.sequenceNumbers = sequenceNumbers;
    }
}
