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

    private static final long NOT_WRITING = 0;

    private final Socket socket;
    private final Service service;
    private final ServerSettings settings;
    private final Pace pace;
    private volatile boolean closed;
    /** Since when it has been writing, in {@link System#nanoTime()}. */
    private volatile long writing = NOT_WRITING;

    Connection(Socket socket, Service service) {
        this.socket = socket;
        this.service = service;
        this.settings = service.settings();
        this.pace = new Pace(settings.rates().connection());
    }

    void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(settings.tcpKeepAlive());
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
            case WHOLE -> whole(frame.content(), header.get(), sender);
            case CUT_OFF -> answer(header.get(), Answer.refused(AcknowledgementCode.AR, Problem.sequence()));
            case TOO_LONG -> answer(header.get(), Answer.refused(AcknowledgementCode.AR, Problem.tooLong()));
        }
    }

    private void whole(byte[] content, MessageHeader header, Sender sender) {
        if (Batch.isJoined(content, header)) {
            LOG.warn("A frame holds several messages without blocks between them; they are rejected");
            Batch.split(content).stream()
                    .flatMap(one -> MessageHeader.of(one).stream())
                    .forEach(one -> answer(one, Answer.refused(AcknowledgementCode.AR, Problem.sequence())));
            return;
        }
        Batch.messages(content, header).forEach(one -> message(one, sender));
    }

    private void message(byte[] content, Sender sender) {
        if (!pace.await() || !service.pace().await()) {
            return; // the server stops, and has not taken it
        }
        var header = MessageHeader.of(content).orElseThrow();
        if (header.isAcknowledgement() || Acknowledgement.of(content).isPresent()) {
            LOG.warn("A sender sent an acknowledgement where nothing was asked; it is left out");
            return;
        }
        var problem = problem(header.controlId());
        if (problem != null) {
            answer(header, Answer.refused(AcknowledgementCode.AR, problem));
            return;
        }
        answer(header, received(new Received(content, header, sender)));
    }

    /** Why a message of this control id could not be answered by it. */
    private static @Nullable Problem problem(String controlId) {
        if (controlId.isEmpty()) {
            return Problem.missing("MSH", CONTROL_ID);
        }
        return controlId.indexOf(Framer.START) < 0 && controlId.indexOf(Framer.END) < 0
                ? null
                : Problem.dataType("MSH", CONTROL_ID);
    }

    private Numbered received(Received message) {
        var sequence = service.sequence();
        try {
            return sequence == null
                    ? Numbered.without(service.receiver().receive(message))
                    : sequence.take(message, service.receiver());
        } catch (RuntimeException | IOException e) {
            LOG.warn("A message could not be taken: {}", e.getClass().getSimpleName());
            return Numbered.without(Answer.refused(AcknowledgementCode.AE, Problem.internal()));
        }
    }

    private void answer(MessageHeader header, Answer answer) {
        answer(header, Numbered.without(answer));
    }

    private void answer(MessageHeader header, Numbered answer) {
        var all = service.replies().of(header, answer);
        if (all.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        writing = now == NOT_WRITING ? 1 : now;
        try {
            write(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writing = NOT_WRITING;
        }
    }

    /** A socket has a time limit for reading but none for writing; who takes no answers in time is left. */
    void closeIfOverdue() {
        long since = writing;
        if (since != NOT_WRITING
                && System.nanoTime() - since > settings.answerLimit().toNanos()) {
            LOG.warn("A connection is ended: its sender does not take its answers");
            close();
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
        pace.close();
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            close();
        }
    }

    private void close() {
        closed = true;
        pace.close();
        try {
            socket.close();
        } catch (IOException e) {
            LOG.info(
                    "A sender's connection could not be closed: {}",
                    e.getClass().getSimpleName());
        }
    }
}
