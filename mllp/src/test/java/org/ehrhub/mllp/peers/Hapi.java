package org.ehrhub.mllp.peers;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.UUIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** HAPI's server and its client. */
final class Hapi {
    private Hapi() {}

    /** Without validation, and with control ids that need no file. */
    static HapiContext context() {
        var context = new DefaultHapiContext();
        context.setValidationContext(ValidationContextFactory.noValidation());
        context.setLowerLayerProtocol(new MinLowerLayerProtocol(true));
        context.getParserConfiguration().setIdGenerator(new UUIDGenerator());
        return context;
    }

    /** Receives; refuses messages whose control id begins with {@code BAD}. */
    static final class Receiver implements PeerReceiver, ReceivingApplication<Message> {
        private final HapiContext context = context();
        private final List<String> received = Collections.synchronizedList(new ArrayList<>());
        private final int port = Ports.free();
        private final HL7Service server = context.newServer(port, false);

        Receiver() throws InterruptedException {
            server.registerApplication("*", "*", this);
            server.startAndWait();
        }

        @Override
        public Message processMessage(Message message, Map<String, Object> more) throws HL7Exception {
            var id = new Terser(message).get("/MSH-10");
            received.add(id);
            try {
                return id.startsWith("BAD")
                        ? message.generateACK(AcknowledgmentCode.AE, new HL7Exception("refused"))
                        : message.generateACK();
            } catch (IOException e) {
                throw new HL7Exception(e);
            }
        }

        @Override
        public boolean canProcess(Message message) {
            return true;
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public List<String> received() {
            return List.copyOf(received);
        }

        @Override
        public void close() throws IOException {
            server.stopAndWait();
            context.close();
        }
    }

    /** Sends over one connection. */
    static final class Sender implements PeerSender {
        private final HapiContext context = context();
        private final Connection connection;

        Sender(int port) throws HL7Exception {
            connection = context.newClient("127.0.0.1", port, false);
            connection.getInitiator().setTimeout(20, TimeUnit.SECONDS);
        }

        @Override
        public String send(String message) throws Exception {
            var answer = connection
                    .getInitiator()
                    .sendAndReceive(context.getPipeParser().parse(message));
            var terser = new Terser(answer);
            return terser.get("/MSA-1") + " " + terser.get("/MSA-2");
        }

        @Override
        public void close() throws IOException {
            connection.close();
            context.close();
        }
    }
}
