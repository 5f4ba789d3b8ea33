package org.ehrhub.mllp;

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
    @UriPath(description = "host:port of the receiver")
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

    ClientSettings settings() throws Exception {
        return new ClientSettings(
                address.host(),
                address.port(),
                connections,
                connectLimit,
                answerLimit,
                mostBytes,
                sslContextParameters == null ? null : sslContextParameters.createSSLContext(getCamelContext()));
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
}
