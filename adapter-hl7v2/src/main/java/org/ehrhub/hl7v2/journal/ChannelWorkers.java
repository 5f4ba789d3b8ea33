package org.ehrhub.hl7v2.journal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.ehrhub.adapters.journal.Claim;
import org.ehrhub.adapters.journal.Journal;
import org.ehrhub.adapters.journal.Settlement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works the messages of a channel: takes as many as there are workers, and as many again while those are worked, so that no
 * worker waits for the journal. It interrupts no thread: a database may take that for its end.
 */
final class ChannelWorkers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelWorkers.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Longer than the usual wait for an answer, shorter than Camel waits for a route to stop. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(40);

    private final Journal journal;
    private final Settings settings;
    private final Function<Claim, Settlement> work;
    private final Reach reach;
    private final Semaphore places;
    private final Semaphore turns;
    private final Set<HeldClaim> held = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread taker = Thread.ofVirtual().unstarted(this::take);
    private final Leases leases;
    private volatile boolean closed;

    /**
     * Which messages are worked.
     *
     * @param channel the queue
     * @param workers how many messages are worked at once
     * @param lease for how long they are taken
     */
    record Settings(String channel, int workers, Duration lease) {
        Settings {
            if (workers < 1 || lease.compareTo(PAUSE) < 0) {
                throw new IllegalArgumentException(
                        "A channel needs at least one worker, and a lease of at least a second");
            }
        }
    }

    private ChannelWorkers(Journal journal, Settings settings, Function<Claim, Settlement> work, Reach reach) {
        this.journal = journal;
        this.settings = settings;
        this.work = work;
        this.reach = reach;
        this.places = new Semaphore(2 * settings.workers());
        this.turns = new Semaphore(settings.workers(), true);
        this.leases = new Leases(journal, settings.lease(), held);
    }

    static ChannelWorkers start(Journal journal, Settings settings, Function<Claim, Settlement> work, Reach reach) {
        var workers = new ChannelWorkers(journal, settings, work, reach);
        workers.taker.start();
        return workers;
    }

    private void take() {
        while (!closed) {
            try {
                rest();
                if (places.tryAcquire(settings.workers(), LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    takeSome();
                }
            } catch (RuntimeException e) {
                LOG.warn(
                        "The journal cannot be read for channel {}; it is tried again ({})",
                        settings.channel(),
                        e.getClass().getSimpleName());
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void rest() throws InterruptedException {
        for (var left = reach.left(); !closed && left.isPositive(); left = reach.left()) {
            Thread.sleep(left.compareTo(LOOK) < 0 ? left : LOOK);
        }
    }

    /** Takes as many as there are workers, for which there is place. */
    private void takeSome() throws InterruptedException {
        int taken = 0;
        try {
            long until = leases.until();
            var claims = journal.claim(settings.channel(), settings.workers(), settings.lease());
            taken = claims.size();
            claims.forEach(claim -> begin(new HeldClaim(claim, until)));
        } finally {
            places.release(settings.workers() - taken);
        }
        if (taken == 0 && !closed) {
            journal.await(settings.channel(), LOOK);
        }
    }

    private void begin(HeldClaim claim) {
        held.add(claim);
        threads.execute(() -> {
            turns.acquireUninterruptibly();
            try {
                if (closed) {
                    giveBack(claim);
                } else if (claim.begin()) {
                    settle(claim, work.apply(claim.claim()));
                }
            } finally {
                held.remove(claim);
                turns.release();
                places.release();
            }
        });
    }

    /** Writes what became of a message; as long as it is held, it is tried again when the journal cannot be written. */
    private void settle(HeldClaim claim, Settlement settlement) {
        if (settlement instanceof Settlement.Dead(String reason)) {
            LOG.warn("A message of channel {} is given up: {}", settings.channel(), reason);
        }
        while (claim.isHeld()) {
            try {
                if (!journal.settle(claim.claim(), settlement)) {
                    LOG.warn("A message of channel {} was not this worker's any more at its end", settings.channel());
                }
                return;
            } catch (RuntimeException e) {
                LOG.warn(
                        "The journal cannot be written for channel {}; it is tried again ({})",
                        settings.channel(),
                        e.getClass().getSimpleName());
                pause();
            }
        }
        LOG.warn("A message of channel {} is worked again: its end could not be written", settings.channel());
    }

    private void giveBack(HeldClaim claim) {
        if (claim.leave()) {
            settle(claim, new Settlement.Retry(Duration.ZERO, "It was given back before it was begun"));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more, gives back what is not begun, and waits a while for what is. */
    @Override
    public void close() {
        closed = true;
        try {
            taker.join(LONGEST_STOP);
            threads.shutdown();
            held.forEach(this::giveBack);
            if (!threads.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Messages of channel {} are still being worked; others take them later", settings.channel());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leases.close();
    }
}
