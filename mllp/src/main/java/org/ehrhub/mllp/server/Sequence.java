package org.ehrhub.mllp.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.ehrhub.mllp.framing.Acknowledgement;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.ehrhub.mllp.framing.MessageHeader;
import org.ehrhub.mllp.framing.Problem;
import org.ehrhub.mllp.sequence.SequenceNumbers;
import org.ehrhub.mllp.sequence.SequenceNumbers.Last;

/**
 * The receiver's part of the sequence number protocol (HL7 v2.5.1, 2.10.1), for senders that value MSH-13: each message has the
 * number after that of the last one that was accepted. 0 asks for the number that is expected, -1 begins anew; both come with a
 * header alone.
 */
final class Sequence {
    private static final int NUMBER = 13;
    private static final int STRIPES = 64;
    private static final long ANY = -1;

    private final SequenceNumbers numbers;
    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    Sequence(SequenceNumbers numbers) {
        this.numbers = numbers;
    }

    /** Has a message received where it is its turn. */
    Numbered take(Received message, MessageReceiver receiver) throws IOException {
        var text = message.header().field(NUMBER);
        if (text.isEmpty()) {
            return Numbered.without(receiver.receive(message));
        }
        var peer = message.header().field(3)
                + message.header().fieldSeparator()
                + message.header().field(4);
        var lock = locks[Math.floorMod(peer.hashCode(), STRIPES)];
        lock.lock();
        try {
            return take(message, receiver, peer, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return Numbered.without(Answer.refused(AcknowledgementCode.AR, Problem.dataType("MSH", NUMBER)));
        } finally {
            lock.unlock();
        }
    }

    private Numbered take(Received message, MessageReceiver receiver, String peer, long number) throws IOException {
        var last = numbers.of(peer);
        if (number <= 0) {
            return link(message, peer, number);
        }
        var own = new Last(number, message.header().controlId());
        if (last.filter(own::equals).isPresent()) {
            return new Numbered(Answer.DONE, number + 1); // its acknowledgement was lost on the way
        }
        if (last.isPresent() && number != last.get().number() + 1) {
            return new Numbered(Answer.refused(AcknowledgementCode.AR, Problem.sequence()), expected(last));
        }
        var answer = receiver.receive(message);
        if (!isAccepted(answer)) {
            return new Numbered(answer, expected(last));
        }
        numbers.keep(peer, own);
        return new Numbered(answer, number + 1);
    }

    private Numbered link(Received message, String peer, long number) throws IOException {
        if (number < ANY || !isHeaderAlone(message.content(), message.header())) {
            return new Numbered(Answer.refused(AcknowledgementCode.AR, Problem.sequence()), expected(numbers.of(peer)));
        }
        if (number == ANY) {
            numbers.forget(peer);
        }
        return new Numbered(Answer.DONE, expected(numbers.of(peer)));
    }

    private static long expected(Optional<Last> last) {
        return last.map(known -> known.number() + 1).orElse(ANY);
    }

    private static boolean isHeaderAlone(byte[] content, MessageHeader header) {
        return new String(content, StandardCharsets.ISO_8859_1)
                .strip()
                .equals(header.text().strip());
    }

    private static boolean isAccepted(Answer answer) {
        return switch (answer) {
            case Answer.Code said -> said.code().isAccept();
            case Answer.Message own ->
                Acknowledgement.of(own.content())
                        .filter(said -> !said.code().isAccept())
                        .isEmpty();
        };
    }
}
