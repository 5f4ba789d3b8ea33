package org.ehrhub.store.journal;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.ehrhub.adapters.journal.Claim;

/** Something that a worker wants of the lines of channels. */
sealed interface Task extends Commits.Work {
    /** The numbers of the channels whose rows are locked for it. */
    Set<Integer> channels();

    /** Messages are wanted. */
    record Take(int channel, Taking.Wish wish, CompletableFuture<Taking.Taken> done) implements Task {
        @Override
        public Set<Integer> channels() {
            return Set.of(channel);
        }
    }

    /** A message is let go of, and others are kept. */
    record Settle(Settling.One one, List<Arrival> next, CompletableFuture<Boolean> done) implements Task {
        @Override
        public Set<Integer> channels() {
            return Set.of(one.lease().channel());
        }

        @Override
        public long bytes() {
            return next.stream().mapToLong(Arrival::bytes).sum();
        }
    }

    /** Messages are held for longer. */
    record Hold(List<Claim> claims, Duration lease, CompletableFuture<List<Claim>> done) implements Task {
        @Override
        public Set<Integer> channels() {
            return claims.stream().map(claim -> Lease.of(claim).channel()).collect(Collectors.toSet());
        }
    }
}
