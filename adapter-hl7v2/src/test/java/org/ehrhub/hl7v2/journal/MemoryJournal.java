package org.ehrhub.hl7v2.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.ehrhub.adapters.journal.Claim;
import org.ehrhub.adapters.journal.Journal;
import org.ehrhub.adapters.journal.JournalMessage;
import org.ehrhub.adapters.journal.Kept;
import org.ehrhub.adapters.journal.Settlement;

/** A journal that keeps what it promises as long as the process lives. */
final class MemoryJournal implements Journal {
    private final TreeMap<Long, Row> rows = new TreeMap<>();
    private long claims;
    private boolean broken;
    private boolean forgetful;

    /** A message and where it stands. */
    static final class Row {
        final long id;
        final JournalMessage message;
        String state = "WAITING";
        String reason = "";
        int attempts;
        String lease = "";
        long until;
        long due = System.nanoTime();

        Row(long id, JournalMessage message) {
            this.id = id;
            this.message = message;
        }

        private boolean isUnfinished() {
            return state.equals("WAITING") || state.equals("CLAIMED");
        }

        private boolean isOf(Claim claim) {
            return state.equals("CLAIMED") && lease.equals(claim.lease());
        }
    }

    /** From now on it cannot be used, as one whose store is gone; or it can again. */
    synchronized void breaks(boolean now) {
        broken = now;
    }

    /** From now on it holds nothing for longer, as if another worker had it. */
    synchronized void forgetsLeases() {
        forgetful = true;
    }

    private void check() {
        if (broken) {
            throw new UncheckedIOException(new IOException("the store is gone"));
        }
    }

    @Override
    public synchronized Kept keep(JournalMessage message) {
        check();
        for (var row : rows.values()) {
            boolean same = message.identity() != null
                    && row.message.channel().equals(message.channel())
                    && message.identity().equals(row.message.identity());
            if (same) {
                boolean equal = Arrays.equals(row.message.content(), message.content());
                return new Kept(row.id, equal ? Kept.Fate.DUPLICATE : Kept.Fate.OTHER_CONTENT);
            }
        }
        long id = rows.size() + 1L;
        rows.put(id, new Row(id, message));
        notifyAll();
        return new Kept(id, Kept.Fate.NEW);
    }

    @Override
    public synchronized List<Claim> claim(String channel, int most, Duration lease) {
        check();
        long now = System.nanoTime();
        var taken = new ArrayList<Claim>();
        var busy = new HashSet<String>();
        for (var row : rows.values()) {
            if (!row.message.channel().equals(channel) || !row.isUnfinished()) {
                continue;
            }
            boolean free = row.state.equals("WAITING") ? row.due - now <= 0 : row.until - now <= 0;
            if (free && taken.size() < most && Collections.disjoint(busy, row.message.keys())) {
                taken.add(claim(row, now + lease.toNanos()));
            }
            busy.addAll(row.message.keys());
        }
        return taken;
    }

    private Claim claim(Row row, long until) {
        row.state = "CLAIMED";
        row.lease = "lease-" + ++claims;
        row.until = until;
        row.attempts++;
        return new Claim(row.id, row.message.channel(), row.message.content(), row.attempts, Instant.EPOCH, row.lease);
    }

    @Override
    public synchronized List<Claim> extend(List<Claim> all, Duration lease) {
        check();
        var still = all.stream()
                .filter(claim -> !forgetful && rows.get(claim.id()).isOf(claim))
                .toList();
        still.forEach(claim -> rows.get(claim.id()).until = System.nanoTime() + lease.toNanos());
        return still;
    }

    @Override
    public synchronized boolean settle(Claim claim, Settlement settlement) {
        check();
        var row = rows.get(claim.id());
        if (!row.isOf(claim)) {
            return false;
        }
        switch (settlement) {
            case Settlement.Done(List<JournalMessage> next) -> {
                row.state = "DONE";
                next.forEach(this::keep);
            }
            case Settlement.Retry(Duration after, String reason) -> {
                row.state = "WAITING";
                row.due = System.nanoTime() + after.toNanos();
                row.reason = reason;
            }
            case Settlement.Dead(String reason) -> {
                row.state = "DEAD";
                row.reason = reason;
            }
        }
        notifyAll();
        return true;
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller looks again
    public synchronized void await(String channel, Duration most) throws InterruptedException {
        wait(Math.clamp(most.toMillis(), 1, 20));
    }

    /** Waits until its messages are so. */
    synchronized void until(Predicate<List<Row>> so) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!so.test(List.copyOf(rows.values()))) {
            if (end - System.nanoTime() < 0) {
                throw new AssertionError("It did not come to that: "
                        + rows.values().stream().map(row -> row.state).toList());
            }
            wait(20);
        }
    }

    /** Waits until no message of a channel is unfinished. */
    void untilFinished(String channel) throws InterruptedException {
        until(all -> all.stream().noneMatch(row -> row.message.channel().equals(channel) && row.isUnfinished()));
    }

    /** The messages of a channel, in their order. */
    synchronized List<Row> rows(String channel) {
        return rows.values().stream()
                .filter(row -> row.message.channel().equals(channel))
                .toList();
    }
}
