package org.ehrhub.server.channels;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.ehrhub.server.config.DeliverSettings;
import org.jspecify.annotations.Nullable;

/**
 * What the last deliveries tell of a receiver: whether it is down, so that somebody has to look at it or at the network, or slow, so that
 * waiting helps. A refusal is an answer. Safe for use by many threads.
 */
public final class Destination {
    private static final int LOOKED_AT = 5;

    private final DeliverSettings settings;
    private final InstantSource clock;
    private final Deque<Duration> answers = new ArrayDeque<>();
    private Standing standing;

    /** How a receiver is. */
    public enum State {
        /** Nothing was delivered since the hub started. */
        UNTRIED,
        /** It answers. */
        UP,
        /** It usually takes long to answer, or takes a message and does not answer in time. */
        SLOW,
        /** It cannot be reached, or ends the connection without an answer. */
        DOWN
    }

    /**
     * How a receiver is, and for how long it has been so.
     *
     * @param usual the middle one of its last answers' times; absent before the first
     */
    public record Standing(
            State state, Instant since, @Nullable Duration usual) {}

    Destination(DeliverSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.standing = new Standing(State.UNTRIED, clock.instant(), null);
    }

    /** Its standing now. */
    public synchronized Standing standing() {
        return standing;
    }

    /** Takes note of a delivery, and gives the standing before it. */
    synchronized Standing note(String outcome, Duration took) {
        var before = standing;
        boolean answered = !outcome.equals(ChannelWatch.NOT_SENT) && !outcome.equals(ChannelWatch.UNKNOWN);
        if (answered) {
            answers.addLast(took);
            if (answers.size() > LOOKED_AT) {
                answers.removeFirst();
            }
        }
        var state = answered ? ofAnswers() : ofFailure(took);
        standing = new Standing(state, state == before.state() ? before.since() : clock.instant(), usual());
        return before;
    }

    private State ofAnswers() {
        var usual = usual();
        return usual != null && usual.compareTo(settings.slowAfter()) >= 0 ? State.SLOW : State.UP;
    }

    /** What is down fails at once or cannot be connected; whoever only waits for an answer waits for the whole limit. */
    private State ofFailure(Duration took) {
        return took.compareTo(settings.answerLimit()) >= 0 ? State.SLOW : State.DOWN;
    }

    private @Nullable Duration usual() {
        return answers.isEmpty()
                ? null
                : answers.stream()
                        .sorted()
                        .skip((answers.size() - 1) / 2)
                        .findFirst()
                        .orElseThrow();
    }
}
