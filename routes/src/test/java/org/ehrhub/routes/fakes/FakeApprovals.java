package org.ehrhub.routes.fakes;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ehrhub.policy.Approvals;

/** Approvals in memory, which promise what those of the store do. */
public final class FakeApprovals implements Approvals {
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final Map<String, String> usedBy = new LinkedHashMap<>();
    private final InstantSource clock;

    /** By the system's clock. */
    public FakeApprovals() {
        this(InstantSource.system());
    }

    /** By a clock. */
    public FakeApprovals(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Held> ask(Question question) {
        var same = held.keySet().stream()
                .map(id -> find(id).orElseThrow())
                .filter(one -> one.state() == State.ASKED || one.state() == State.APPROVED)
                .filter(one -> one.question().digest().equals(question.digest())
                        && one.question().need() == question.need()
                        && one.question().principal().equals(question.principal()))
                .findFirst();
        if (same.isEmpty() && waiting().size() < MOST_WAITING) {
            var asked = new Held("approval-" + (held.size() + 1), question, State.ASKED, null, null);
            held.put(asked.id(), asked);
            return Optional.of(asked);
        }
        return same;
    }

    @Override
    public synchronized Optional<Held> find(String id) {
        return Optional.ofNullable(held.get(id)).map(one -> {
            var open = one.state() == State.ASKED || one.state() == State.APPROVED;
            return open && isOver(one)
                    ? new Held(id, one.question(), State.EXPIRED, one.decidedBy(), one.reason())
                    : one;
        });
    }

    private boolean isOver(Held one) {
        return !one.question().expires().isAfter(clock.instant());
    }

    @Override
    public synchronized List<Held> waiting() {
        var waiting = new ArrayList<Held>();
        held.keySet()
                .forEach(
                        id -> find(id).filter(one -> one.state() == State.ASKED).ifPresent(waiting::add));
        return waiting;
    }

    /** The id of the only one that waits. */
    public String onlyWaiting() {
        var waiting = waiting();
        if (waiting.size() != 1) {
            throw new AssertionError(waiting.size() + " wait");
        }
        return waiting.getFirst().id();
    }

    /** Somebody approves it. */
    public String approve(String id, String by) {
        if (!decide(id, new Verdict(true, by, null))) {
            throw new AssertionError("It does not wait");
        }
        return id;
    }

    @Override
    public synchronized boolean decide(String id, Verdict verdict) {
        var waits = find(id).filter(one -> one.state() == State.ASKED);
        waits.ifPresent(one -> held.put(
                id,
                new Held(
                        id,
                        one.question(),
                        verdict.approved() ? State.APPROVED : State.REJECTED,
                        verdict.by(),
                        verdict.reason())));
        return waits.isPresent();
    }

    @Override
    public synchronized boolean take(String id, String digest, String principal, String writeKey) {
        var fits = find(id).filter(one -> one.question().digest().equals(digest)
                && one.question().principal().equals(principal)
                && !isOver(one)
                && (one.state() == State.APPROVED
                        || (one.state() == State.USED && Objects.equals(usedBy.get(id), writeKey))));
        fits.ifPresent(one -> {
            usedBy.put(id, writeKey);
            held.put(id, new Held(id, one.question(), State.USED, one.decidedBy(), one.reason()));
        });
        return fits.isPresent();
    }
}
