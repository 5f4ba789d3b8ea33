package org.ehrhub.benchmarks.mllp;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.util.idgenerator.UUIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.Secret;
import org.ehrhub.benchmarks.processes.Workplace;
import org.ehrhub.mllp.framing.ControlIds;
import org.ehrhub.mllp.framing.Reply;
import org.ehrhub.mllp.server.Answer;
import org.ehrhub.mllp.server.MllpServer;
import org.ehrhub.mllp.server.ServerSettings;
import org.ehrhub.store.HubStore;
import org.ehrhub.store.OwnerFile;
import org.ehrhub.store.StoreSettings;

/** The servers that are measured; each says {@code listening PORT} and ends when its input does. */
final class Servers {
    private static final String LOOPBACK = "127.0.0.1";
    private static final byte END = 0x1C;
    private static final int BUFFER = 16 * 1024;

    private Servers() {}

    public static void main(String[] words) throws Exception {
        switch (Receiver.Kind.valueOf(words[0])) {
            case RAW -> raw();
            case PARSE_FREE -> parseFree();
            case HAPI -> hapi();
            case DURABLE -> durable(words[1], Path.of(words[2]));
        }
    }

    private static void listening(int port) {
        System.out.println("listening " + port);
    }

    private static void untilTheEnd() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is said to it
        }
    }

    /** What receiving costs at the least: a thread to a connection, no look at the message but for its control id. */
    private static void raw() throws IOException {
        try (var socket = new ServerSocket(0, 256, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> accept(socket));
            listening(socket.getLocalPort());
            untilTheEnd();
        }
    }

    private static void accept(ServerSocket socket) {
        try {
            while (!socket.isClosed()) {
                var one = socket.accept();
                Thread.ofVirtual().start(() -> echo(one));
            }
        } catch (IOException e) {
            // it is over
        }
    }

    private static void echo(Socket socket) {
        var buffer = new byte[BUFFER];
        try (socket) {
            socket.setTcpNoDelay(true);
            int length = 0;
            while (true) {
                int read = socket.getInputStream().read(buffer, length, buffer.length - length);
                if (read < 0) {
                    return;
                }
                length += read;
                if (length > 1 && buffer[length - 2] == END) {
                    socket.getOutputStream().write(answer(buffer));
                    length = 0;
                }
            }
        } catch (IOException e) {
            // its sender is gone
        }
    }

    private static byte[] answer(byte[] frame) {
        int from = 1;
        for (int fields = 0; fields < 9; from++) {
            fields += frame[from] == '|' ? 1 : 0;
        }
        int to = from;
        while (frame[to] != '|') {
            to++;
        }
        var id = new String(frame, from, to - from, StandardCharsets.US_ASCII);
        return ("\u000bMSH|^~\\&|HUB|WEST|ADT|EAST|20260302090000||ACK^A01^ACK|1|P|2.5\rMSA|AA|" + id + "\r\u001c\r")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void parseFree() throws IOException {
        try (var server = MllpServer.start(
                ServerSettings.at(LOOPBACK, 0),
                message -> Answer.DONE,
                new Reply(Clock.systemUTC(), new ControlIds()))) {
            listening(server.port());
            untilTheEnd();
        }
    }

    /** HAPI's server with its typed model, and without the validation that is its default: that would cost it more. */
    private static void hapi() throws IOException, InterruptedException {
        try (var context = new DefaultHapiContext()) {
            context.setValidationContext(ValidationContextFactory.noValidation());
            context.setLowerLayerProtocol(new MinLowerLayerProtocol(true));
            context.getParserConfiguration().setIdGenerator(new UUIDGenerator());
            int port = Workplace.freePort();
            var server = context.newServer(port, false);
            server.registerApplication("*", "*", new Acknowledging());
            server.startAndWait();
            listening(port);
            untilTheEnd();
            server.stopAndWait();
        }
    }

    private static final class Acknowledging implements ReceivingApplication<Message> {
        @Override
        public Message processMessage(Message message, Map<String, Object> more) throws HL7Exception {
            try {
                return message.generateACK();
            } catch (IOException e) {
                throw new HL7Exception(e);
            }
        }

        @Override
        public boolean canProcess(Message message) {
            return true;
        }
    }

    /** The route of a channel: the sender is answered when its message is in the journal. */
    private static void durable(String url, Path folder) throws Exception {
        OwnerFile.folder(folder);
        var settings = new StoreSettings(url, "postgres", Secret.from(() -> "postgres"));
        var keeping = new HubStore.Keeping(Duration.ofDays(1), Duration.ofDays(1));
        int port = Workplace.freePort();
        try (var store = HubStore.open(settings, folder, keeping, Duration.ofMinutes(1), Clock.systemUTC());
                var camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("journal", store.journal());
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("mllp-server:" + LOOPBACK + ":" + port).to("journal:bench");
                }
            });
            camel.start();
            listening(port);
            fill(store);
        }
    }

    /** Each line says how many messages to keep. */
    private static void fill(HubStore store) throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            Filling.of(store.journal(), Integer.parseInt(line));
            System.out.println("kept " + line);
        }
    }
}
