package org.ehrhub.mllp.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.ehrhub.mllp.framing.Acknowledgement;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.ehrhub.mllp.framing.Batch;
import org.ehrhub.mllp.framing.Frame;
import org.ehrhub.mllp.framing.Framer;
import org.ehrhub.mllp.framing.MessageHeader;
import org.ehrhub.mllp.framing.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One sender's connection; what it sends is taken and answered in its order. */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int BUFFER = 16 * 1024;
    private static final int CONTROL_ID = 10;

    private final Socket socket;
    private final ServerSettings settings;
    private final MessageReceiver receiver;
    private final Replies replies;
    private final Overdue overdue;
    private volatile boolean closed;

    Connection(Socket socket, ServerSettings settings, MessageReceiver receiver, Replies replies, Overdue overdue) {
        this.socket = socket;
        this.settings = settings;
        this.receiver = receiver;
        this.replies = replies;
        this.overdue = overdue;
    }

    void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            var sender = sender();
            if (sender.isPresent()) {
                read(sender.get());
            }
        } catch (IOException | UncheckedIOException e) {
            if (!closed) {
                LOG.info("A sender's connection ended: {}", e.getClass().getSimpleName());
            }
        }
    }

    /** Who it is; empty where it may not send. */
    private Optional<Sender> sender() throws IOException {
        Optional<String> subject = Optional.empty();
        if (socket instanceof SSLSocket secured) {
            secured.setSoTimeout(Math.toIntExact(settings.answerLimit().toMillis()));
            secured.startHandshake();
            subject = subject(secured);
        }
        var bound = settings.certificates();
        if (!bound.isEmpty() && subject.filter(bound::contains).isEmpty()) {
            LOG.warn("A connection is refused: its certificate is not among those that may connect");
            return Optional.empty();
        }
        return Optional.of(new Sender((InetSocketAddress) socket.getRemoteSocketAddress(), subject));
    }

    private static Optional<String> subject(SSLSocket secured) {
        try {
            return Optional.of(secured.getSession().getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // it showed none, and need not
        }
    }

    private void read(Sender sender) throws IOException {
        var in = socket.getInputStream();
        var framer = new Framer(settings.mostBytes(), frame -> take(frame, sender));
        var buffer = new byte[BUFFER];
        for (boolean more = true; more && !closed; ) {
            socket.setSoTimeout(millis(framer.isEnding() ? settings.pause() : settings.idle()));
            try {
                int read = in.read(buffer);
                more = read >= 0;
                if (more) {
                    framer.take(buffer, 0, read);
                }
            } catch (SocketTimeoutException e) {
                more = framer.isEnding(); // else it has been idle for too long
                framer.pause();
            }
        }
        if (!closed) {
            framer.close();
        }
        if (framer.junk() > 0) {
            LOG.warn("A sender's connection held {} bytes that belong to no message", framer.junk());
        }
    }

    private static int millis(@Nullable Duration limit) {
        return limit == null ? 0 : Math.toIntExact(Math.max(1, limit.toMillis()));
    }

    private void take(Frame frame, Sender sender) {
        var header = MessageHeader.of(frame.content());
        if (header.isEmpty()) {
            LOG.warn("A frame of {} bytes is not a message and is left out", frame.content().length);
            return;
        }
        switch (frame.state()) {
            case WHOLE -> Batch.messages(frame.content(), header.get()).forEach(content -> message(content, sender));
            case CUT_OFF -> answer(header.get(), Answer.refused(AcknowledgementCode.AR, Problem.sequence()));
            case TOO_LONG -> answer(header.get(), Answer.refused(AcknowledgementCode.AR, Problem.tooLong()));
        }
    }

    private void message(byte[] content, Sender sender) {
        var header = MessageHeader.of(content).orElseThrow();
        if (header.isAcknowledgement() || Acknowledgement.of(content).isPresent()) {
            LOG.warn("A sender sent an acknowledgement where nothing was asked; it is left out");
            return;
        }
        if (header.field(CONTROL_ID).isEmpty()) {
            answer(header, Answer.refused(AcknowledgementCode.AR, Problem.missing("MSH", CONTROL_ID)));
            return;
        }
        answer(header, received(new Received(content, header, sender)));
    }

    private Answer received(Received message) {
        try {
            return receiver.receive(message);
        } catch (RuntimeException e) {
            LOG.warn("A message could not be taken: {}", e.getClass().getSimpleName());
            return Answer.refused(AcknowledgementCode.AE, Problem.internal());
        }
    }

    private void answer(MessageHeader header, Answer answer) {
        var all = replies.of(header, answer);
        if (all.isEmpty()) {
            return;
        }
        try {
            overdue.within(settings.answerLimit(), () -> write(all), this::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Iterable<byte[]> messages) throws IOException {
        var out = new BufferedOutputStream(socket.getOutputStream(), 1024);
        for (var message : messages) {
            out.write(Framer.START);
            out.write(message);
            out.write(Framer.END);
            out.write('\r');
        }
        out.flush();
    }

    /** Reads no more; what is being taken is still answered. */
    void stop() {
        closed = true;
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            close();
        }
    }

    private void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            LOG.info(
                    "A sender's connection could not be closed: {}",
                    e.getClass().getSimpleName());
        }
    }
}
