package org.ehrhub.server.commands;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.ehrhub.mllp.client.ClientSettings;
import org.ehrhub.mllp.client.Delivery;
import org.ehrhub.mllp.client.MllpClient;
import org.ehrhub.mllp.framing.MessageHeader;
import org.ehrhub.routes.approvals.VisibleText;
import org.ehrhub.server.commands.MessageFiles.Named;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** Sends the messages of files over MLLP, one after another, and says what became of each. */
final class SendMessages {
    /** A message was sent and nothing tells whether the receiver has it. */
    static final int UNKNOWN = 3;
    /** The receiver was not reached. */
    static final int NOT_SENT = 4;

    private static final String USE = "Use: ehr-hub hl7v2 send FILE... --to HOST:PORT";

    private final Map<String, String> options;
    private final Consumer<String> out;

    /** With these options; what becomes of the messages is told line by line. */
    SendMessages(Map<String, String> options, Consumer<String> out) {
        this.options = options;
        this.out = out;
    }

    int run(List<String> files) throws IOException {
        if (files.isEmpty()) {
            throw new UsageProblem(USE);
        }
        var messages = new ArrayList<Named>();
        for (var file : files) {
            messages.addAll(read(file));
        }
        try (var client = new MllpClient(settings())) {
            return send(client, messages);
        }
    }

    private List<Named> read(String file) throws IOException {
        var messages = MessageFiles.read(file);
        for (var message : messages) {
            if (MessageHeader.of(message.content())
                    .map(MessageHeader::controlId)
                    .orElse("")
                    .isEmpty()) {
                throw new UsageProblem(
                        message.name() + " has no control id (MSH-10), so that no answer could be told to be its own");
            }
        }
        return options.containsKey("--as-is")
                ? messages
                : messages.stream().map(Named::withCarriageReturns).toList();
    }

    private ClientSettings settings() {
        var to = options.get("--to");
        var address = to == null ? null : URI.create("mllp://" + to);
        if (address == null || address.getHost() == null || address.getPort() < 0) {
            throw new UsageProblem(USE);
        }
        var usual = ClientSettings.to(address.getHost(), address.getPort());
        return new ClientSettings(
                usual.host(),
                usual.port(),
                1,
                usual.connectLimit(),
                answerLimit(usual.answerLimit()),
                usual.mostBytes(),
                tls(),
                true,
                null,
                usual.reconnect(),
                null,
                List.of(),
                null);
    }

    private Duration answerLimit(Duration usual) {
        var text = options.get("--answer-limit");
        if (text == null) {
            return usual;
        }
        if (!text.matches("[1-9]\\d{0,3}s")) {
            throw new UsageProblem("--answer-limit needs seconds, such as 30s");
        }
        return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }

    private @Nullable SSLContext tls() {
        var authorities = options.get("--tls");
        if (authorities == null) {
            return null;
        }
        var file = CallersFolder.resolve(authorities);
        if (!Files.isReadable(file)) {
            throw new UsageProblem("--tls needs a file in PEM with the certificates to trust; there is no " + file);
        }
        var trusted = PemSslStoreDetails.forCertificate(file.toUri().toString());
        return SslBundle.of(new PemSslStoreBundle(null, trusted)).createSslContext();
    }

    /** In their order; those behind one whose fate is not known are not sent. */
    private int send(MllpClient client, List<Named> messages) {
        int exit = Command.DONE;
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            var began = System.nanoTime();
            var delivery = client.send(message.content());
            out.accept(
                    message.name() + "  " + words(delivery) + "  " + (System.nanoTime() - began) / 1_000_000 + " ms");
            int code = exit(delivery);
            exit = Math.max(exit, code);
            if (code > Command.FAILED) {
                int left = messages.size() - i - 1;
                if (left > 0) {
                    out.accept("Stopped, to keep the order: " + left + " more not sent");
                }
                return exit;
            }
        }
        return exit;
    }

    private static String words(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Acknowledged answered ->
                answered.acknowledgement().code() + "  "
                        + VisibleText.of(answered.acknowledgement().controlId());
            case Delivery.NotSent(String why) -> "NOT SENT (" + why + "); nothing of it left, so it can be sent again";
            case Delivery.Unknown(String why) ->
                "UNKNOWN (" + why + "); ask the receiver before you send it again, with the same MSH-10";
        };
    }

    private static int exit(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Acknowledged answered ->
                answered.acknowledgement().code().isAccept() ? Command.DONE : Command.FAILED;
            case Delivery.NotSent _ -> NOT_SENT;
            case Delivery.Unknown _ -> UNKNOWN;
        };
    }
}
