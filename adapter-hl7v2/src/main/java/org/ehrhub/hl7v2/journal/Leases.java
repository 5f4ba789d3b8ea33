package org.ehrhub.hl7v2.journal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ehrhub.adapters.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds on to the messages that wait for a worker or are worked, three times in each lease. */
final class Leases implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final Journal journal;
    private final Duration lease;
    private final Set<HeldClaim> held;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final Future<?> holding;

    Leases(Journal journal, Duration lease, Set<HeldClaim> held) {
        this.journal = journal;
        this.lease = lease;
        this.held = held;
        long third = lease.dividedBy(3).toMillis();
        holding = thread.scheduleWithFixedDelay(this::hold, third, third, TimeUnit.MILLISECONDS);
    }

    /** When a lease ends that begins now, in the time of {@link System#nanoTime}. */
    long until() {
        return System.nanoTime() + lease.toNanos();
    }

    private void hold() {
        var all = Set.copyOf(held);
        if (all.isEmpty()) {
            return;
        }
        long until = until();
        try {
            var still = journal.extend(all.stream().map(HeldClaim::claim).toList(), lease);
            for (var claim : all) {
                if (still.stream().anyMatch(claim::isOf)) {
                    claim.hold(until);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "Messages could not be held for longer; it is tried again ({})",
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        holding.cancel(false);
        thread.shutdown();
    }
}
