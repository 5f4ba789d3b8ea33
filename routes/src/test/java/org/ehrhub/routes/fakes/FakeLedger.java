package org.ehrhub.routes.fakes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehrhub.policy.IdempotencyLedger;

/** A ledger in memory; a claim of an unknown write makes it a running one, as in the file. */
public final class FakeLedger implements IdempotencyLedger {
    private final Map<String, Entry> entries = new HashMap<>();
    private final List<Outcome> settled = new ArrayList<>();

    private record Entry(String digest, Claim next) {}

    @Override
    public synchronized Claim claim(String key, String digest) {
        var known = entries.get(key);
        if (known != null && !known.digest().equals(digest)) {
            return Claim.OTHER_ARGUMENTS;
        }
        var answer = known == null ? Claim.NEW : known.next();
        if (answer == Claim.NEW || answer == Claim.UNKNOWN) {
            entries.put(key, new Entry(digest, Claim.RUNNING));
        }
        return answer;
    }

    @Override
    public synchronized void settle(String key, Outcome outcome) {
        settled.add(outcome);
        if (outcome == Outcome.NOT_DONE) {
            entries.remove(key);
        } else {
            var next = outcome == Outcome.DONE ? Claim.DONE : Claim.UNKNOWN;
            entries.computeIfPresent(key, (k, entry) -> new Entry(entry.digest(), next));
        }
        notifyAll();
    }

    /** What was settled, in its order. */
    public synchronized List<Outcome> settled() {
        return List.copyOf(settled);
    }

    /** Waits, for 5 seconds at most, until so many writes are settled. */
    public synchronized void awaitSettled(int count) throws InterruptedException {
        var end = System.nanoTime() + 5_000_000_000L;
        while (settled.size() < count && System.nanoTime() < end) {
            wait(100);
        }
    }

    /** As after a restart: what was under way has an unknown outcome. */
    public synchronized void restart() {
        entries.replaceAll(
                (key, entry) -> entry.next() == Claim.RUNNING ? new Entry(entry.digest(), Claim.UNKNOWN) : entry);
    }
}
