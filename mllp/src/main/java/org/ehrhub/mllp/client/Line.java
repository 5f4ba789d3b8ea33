package org.ehrhub.mllp.client;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.ehrhub.mllp.framing.Acknowledgement;
import org.ehrhub.mllp.framing.Frame;
import org.ehrhub.mllp.framing.Framer;
import org.ehrhub.mllp.framing.MessageHeader;
import org.ehrhub.mllp.sockets.Securing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a receiver, with one message under way at a time. */
final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final Duration SILENCE = Duration.ofMillis(250);
    private static final int BUFFER = 8 * 1024;
    private static final int APPLICATION_ANSWER = 16;
    private static final Set<String> WANTED_AFTER_COMMIT = Set.of("AL", "SU", "ER");

    private final Socket socket;
    private final SocketChannel channel;
    private final ClientSettings settings;
    private final Deque<Frame> arrived = new ArrayDeque<>();
    private final Framer framer;
    private final byte[] buffer = new byte[BUFFER];
    private boolean usable = true;

    private Line(Socket socket, SocketChannel channel, ClientSettings settings) {
        this.socket = socket;
        this.channel = channel;
        this.settings = settings;
        this.framer = new Framer(settings.mostBytes(), arrived::add);
    }

    static Line connect(ClientSettings settings) throws IOException {
        var plain = SocketChannel.open().socket();
        try {
            int limit = Math.toIntExact(settings.connectLimit().toMillis());
            plain.connect(new InetSocketAddress(settings.host(), settings.port()), limit);
            var tls = settings.tls();
            return of(plain, tls == null ? plain : Securing.dialled(plain, tls, settings.host()), settings);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** One that a receiver has made; where it is secured the receiver must show a certificate. */
    static Line accepted(Socket plain, ClientSettings settings) throws IOException {
        try {
            var tls = settings.tls();
            return of(plain, tls == null ? plain : Securing.accepted(plain, tls, true), settings);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Line of(Socket plain, Socket socket, ClientSettings settings) throws IOException {
        plain.setTcpNoDelay(true);
        plain.setKeepAlive(settings.tcpKeepAlive());
        if (socket instanceof SSLSocket secured) {
            secured.setSoTimeout(Math.toIntExact(settings.connectLimit().toMillis()));
            secured.startHandshake();
        }
        return new Line(socket, plain.getChannel(), settings);
    }

    /** Sends a byte that belongs to no message; whether it could be sent. */
    boolean touch() {
        try {
            socket.getOutputStream().write('\r');
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the receiver has not ended it meanwhile; what it sent unasked is left out. */
    boolean isOpen() {
        try {
            int read = read();
            while (read > 0) {
                framer.take(buffer, 0, read);
                read = read();
            }
            return read == 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads without waiting; a secured connection cannot but wait a moment. */
    private int read() throws IOException {
        if (socket instanceof SSLSocket) {
            socket.setSoTimeout(1);
            return socket.getInputStream().read(buffer);
        }
        channel.configureBlocking(false);
        try {
            return channel.read(ByteBuffer.wrap(buffer));
        } finally {
            channel.configureBlocking(true);
        }
    }

    /** Whether another message may follow the last one. */
    boolean isUsable() {
        return usable;
    }

    /** No other message may follow. */
    void spoil() {
        usable = false;
    }

    Delivery send(byte[] content, MessageHeader header) {
        usable = false;
        arrived.clear();
        try {
            var out = new BufferedOutputStream(socket.getOutputStream(), content.length + 3);
            out.write(Framer.START);
            out.write(content);
            out.write(Framer.END);
            out.write('\r');
            out.flush();
        } catch (IOException e) {
            return new Delivery.Unknown("the connection broke while the message was sent");
        }
        return answer(header);
    }

    private Delivery answer(MessageHeader sent) {
        long end = System.nanoTime() + limit(sent).toNanos();
        Optional<Delivery.Acknowledged> stored = Optional.empty();
        try {
            while (true) {
                var frame = next(end);
                if (frame.isEmpty()) {
                    return stored.<Delivery>map(known -> known)
                            .orElseGet(
                                    () -> new Delivery.Unknown("the receiver ended the connection without an answer"));
                }
                var found = own(frame.get(), sent);
                if (found.isPresent()) {
                    boolean more = found.get().acknowledgement().code().isCommit()
                            && found.get().acknowledgement().code().isAccept()
                            && WANTED_AFTER_COMMIT.contains(sent.field(APPLICATION_ANSWER));
                    if (!more) {
                        usable = true;
                        return found.get();
                    }
                    stored = found;
                }
            }
        } catch (SocketTimeoutException e) {
            usable = stored.isEmpty() && !sent.isAnsweredWhenTaken();
            return stored.<Delivery>map(known -> known).orElseGet(() -> silence(sent));
        } catch (IOException e) {
            return stored.<Delivery>map(known -> known)
                    .orElseGet(() -> new Delivery.Unknown("the connection broke before the answer"));
        }
    }

    /** Of a message that wants no answer at all, a broken connection or a receiver that answers nevertheless shows soon. */
    private Duration limit(MessageHeader sent) {
        boolean some = sent.isAnsweredWhenTaken() || sent.isAnsweredWhenRefused();
        return some || settings.answerLimit().compareTo(SILENCE) < 0 ? settings.answerLimit() : SILENCE;
    }

    private static Delivery silence(MessageHeader sent) {
        return sent.isAnsweredWhenTaken()
                ? new Delivery.Unknown("the receiver did not answer in time")
                : Delivery.UNANSWERED;
    }

    /** The next frame; empty when the receiver has ended the connection. */
    private Optional<Frame> next(long end) throws IOException {
        while (arrived.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout(Math.toIntExact(left));
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                framer.close();
                return Optional.ofNullable(arrived.poll());
            }
            framer.take(buffer, 0, read);
        }
        return Optional.of(arrived.removeFirst());
    }

    private static Optional<Delivery.Acknowledged> own(Frame frame, MessageHeader sent) {
        var found = frame.state() == Frame.State.WHOLE
                ? Acknowledgement.of(frame.content())
                : Optional.<Acknowledgement>empty();
        if (found.filter(one -> one.controlId().equals(sent.controlId())).isEmpty()) {
            LOG.warn("A receiver answered with something that is not the answer to the message; it is left out");
            return Optional.empty();
        }
        return Optional.of(new Delivery.Acknowledged(found.get(), frame.content()));
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.info("A connection could not be closed: {}", e.getClass().getSimpleName());
        }
    }
}
