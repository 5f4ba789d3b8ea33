package org.ehrhub.adapters.journal;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * The durable queue of messages. A message is kept before its sender is told so; it is worked by one worker at a time, which
 * holds it by a lease, and after every earlier unfinished message that shares a key with it. Safe for use by many threads, and by
 * several hubs on one store. Every method that writes has reached the disk on return; all of them throw
 * {@link UncheckedIOException} when the store cannot be used, and then it is not known whether a write of theirs happened.
 */
public interface Journal {
    /** Keeps a message; one that is there already is not kept twice. Callers at the same time share one transaction. */
    Kept keep(JournalMessage message);

    /**
     * Takes messages of a channel to be worked, the oldest first: those that are due, that nobody holds, and whose keys no earlier
     * unfinished message has.
     *
     * @param most how many at most
     * @param lease for how long; after that somebody else may take them
     */
    List<Claim> claim(String channel, int most, Duration lease);

    /** Holds on to messages for longer; gives those that this worker still has. */
    List<Claim> extend(List<Claim> claims, Duration lease);

    /**
     * Says what became of a message, and lets go of it. What it led to is kept in the same transaction.
     *
     * @return whether this worker still had it; where not, nothing was written
     */
    boolean settle(Claim claim, Settlement settlement);

    /** Waits until a message of the channel may be there to take, at most for so long. */
    void await(String channel, Duration most) throws InterruptedException;
}
