package org.ehrhub.store.journal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.ehrhub.adapters.journal.Claim;
import org.ehrhub.adapters.journal.Journal;
import org.ehrhub.adapters.journal.JournalDesk;
import org.ehrhub.adapters.journal.JournalMessage;
import org.ehrhub.adapters.journal.Kept;
import org.ehrhub.adapters.journal.Settlement;
import org.ehrhub.store.Database;
import org.ehrhub.store.Payloads;

/**
 * The journal as tables that several hubs may share. Names, keys and terms are stored as keyed hashes only, contents encrypted.
 * What many callers keep at a time is one transaction, and so is what many workers settle and take. Of two messages that are kept
 * at the same time either may be the earlier one; what is kept after another one was answered for is the later one.
 *
 * <p>Who calls {@link #keep} or {@link #settle} within {@link Database#durably} has it as part of that transaction, together with
 * what else it writes.
 */
public final class StoredJournal implements Journal, AutoCloseable {
    private static final Settlement UNREADABLE = new Settlement.Dead("its stored content cannot be read");

    private final Database database;
    private final Payloads payloads;
    private final InstantSource clock;
    private final Channels channels;
    private final JournalHashes hashes;
    private final Contents contents;
    private final Bells bells = new Bells();
    private final Arrivals arrivals;
    private final LineWork line;
    private final Commits<Keep> keeps;
    private final Commits<Task> tasks;
    private final Watch watch;

    private record Keep(Arrival arrival, CompletableFuture<Kept> done) implements Commits.Work {
        @Override
        public long bytes() {
            return arrival.bytes();
        }
    }

    /** The journal of this database. */
    public StoredJournal(Database database, Payloads payloads, InstantSource clock) {
        this.database = database;
        this.payloads = payloads;
        this.clock = clock;
        channels = new Channels(database);
        JournalSecret.note(database, payloads, clock);
        hashes = new JournalHashes(JournalSecret.of(database, payloads));
        contents = new Contents(database, payloads);
        arrivals = new Arrivals(database.jdbc(), clock);
        line = new LineWork(database, arrivals, clock, bells);
        keeps = new Commits<>("journal-keep", this::write);
        tasks = new Commits<>("journal-line", line::write);
        watch = new Watch(database, bells);
    }

    @Override
    public Kept keep(JournalMessage message) {
        var arrival = arrival(message);
        if (database.isInTransaction()) {
            return store(List.of(arrival)).kept().getFirst();
        }
        var keep = new Keep(arrival, new CompletableFuture<>());
        return keeps.await(keep, keep.done());
    }

    private Arrival arrival(JournalMessage message) {
        var identity = message.identity();
        var name = identity == null ? UUID.randomUUID() : hashes.name(message.channel(), identity);
        return new Arrival(
                channels.number(message.channel()),
                name,
                hashes.body(message.content()),
                Numbers.bytes(message.keys().stream().mapToLong(key -> hashes.key(message.channel(), key))),
                Numbers.bytes(message.terms().stream().mapToLong(hashes::term)),
                contents.seal(name, message.content()),
                message.content().length);
    }

    private Arrivals.Stored store(List<Arrival> all) {
        return Collision.noticed(() -> arrivals.store(all));
    }

    private void write(List<Keep> group) {
        var all = group.stream().map(Keep::arrival).toList();
        var stored = Collision.retried(() -> database.durably(sql -> store(all)));
        stored.channels().forEach(bells::ring);
        for (var index = 0; index < group.size(); index++) {
            group.get(index).done().complete(stored.kept().get(index));
        }
    }

    @Override
    public List<Claim> claim(String channel, int most, Duration lease) {
        if (most < 1 || lease.toMillis() < 1) {
            throw new IllegalArgumentException("A claim is of one message or more, for a millisecond or more");
        }
        var number = channels.number(channel);
        var ring = bells.rung(number);
        var wish = new Taking.Wish(
                channel, most, lease, ThreadLocalRandom.current().nextLong());
        var take = new Task.Take(number, wish, new CompletableFuture<>());
        var taken = tasks.await(take, take.done());
        if (taken.exhausted()) {
            bells.heard(number, ring);
        }
        return withContent(taken.claims());
    }

    /** A message that cannot be read any more is given up, so that it does not keep others from being worked. */
    private List<Claim> withContent(List<Claim> claims) {
        var bytes = contents.of(claims.stream().map(Claim::id).collect(Collectors.toSet()));
        var readable = new ArrayList<Claim>();
        for (var claim : claims) {
            var content = bytes.get(claim.id());
            if (content == null) {
                settle(claim, UNREADABLE);
            } else {
                readable.add(
                        new Claim(claim.id(), claim.channel(), content, claim.attempt(), claim.kept(), claim.lease()));
            }
        }
        return List.copyOf(readable);
    }

    @Override
    public List<Claim> extend(List<Claim> claims, Duration lease) {
        if (claims.isEmpty()) {
            return List.of();
        }
        claims.forEach(this::lease);
        var hold = new Task.Hold(List.copyOf(claims), lease, new CompletableFuture<>());
        return tasks.await(hold, hold.done());
    }

    @Override
    public boolean settle(Claim claim, Settlement settlement) {
        var next = settlement instanceof Settlement.Done done
                ? done.next().stream().map(this::arrival).toList()
                : List.<Arrival>of();
        var one = new Settling.One(claim, lease(claim), settlement);
        var settle = new Task.Settle(one, next, new CompletableFuture<>());
        if (database.isInTransaction()) {
            line.within(settle);
            return settle.done().join();
        }
        return tasks.await(settle, settle.done());
    }

    private Lease lease(Claim claim) {
        var lease = Lease.of(claim);
        if (lease.channel() != channels.number(claim.channel())) {
            throw new IllegalArgumentException("A claim is settled in the journal that gave it");
        }
        return lease;
    }

    @Override
    public void await(String channel, Duration most) throws InterruptedException {
        bells.await(channels.number(channel), most);
    }

    /** For the people who run the interfaces. */
    public JournalDesk desk() {
        return new StoredJournalDesk(new JournalSearch(database, hashes), new Replay(database, bells), contents);
    }

    /**
     * Removes the messages that have been done, or dead, for so long; one that is sent again after that is a new one.
     *
     * @return how many
     */
    public int prune(Duration done, Duration dead) {
        JournalSecret.note(database, payloads, clock);
        var removal = new Removal(database);
        var removed = removal.remove("DONE", clock.instant().minus(done))
                + removal.remove("DEAD", clock.instant().minus(dead));
        JournalSecret.forget(database, payloads, clock);
        return removed;
    }

    @Override
    public void close() {
        watch.close();
        keeps.close();
        tasks.close();
    }
}
