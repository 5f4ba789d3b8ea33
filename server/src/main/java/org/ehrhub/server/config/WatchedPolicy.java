package org.ehrhub.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.PolicyInForce;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy of a file that may change. It is looked at when a call asks, at most once a second, so a change holds from the
 * next call on; a file that is broken, or gone, leaves the policy before it in force. A file younger than a second may not be
 * written to its end yet and waits.
 */
public final class WatchedPolicy implements PolicyInForce {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedPolicy.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path file;
    private final Set<String> ehrs;
    private final InstantSource clock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile State state;

    private record State(
            Policy policy,
            Optional<String> problem,
            @Nullable Stamp stamp,
            Instant looked) {}

    /** What tells one state of a file from another; none of one that cannot be read. */
    private record Stamp(
            Instant changed, long size, @Nullable Object key) {}

    private WatchedPolicy(Path file, Set<String> ehrs, State first, InstantSource clock) {
        this.file = file;
        this.ehrs = Set.copyOf(ehrs);
        this.clock = clock;
        this.state = first;
    }

    /** The policy of a configuration, and what becomes of its file; without a file nothing is allowed, and that stays so. */
    public static PolicyInForce of(Configuration configuration, InstantSource clock) {
        var file = configuration.settings().policy();
        if (file == null) {
            return configuration.policy();
        }
        // Without a stamp, so that a change since the configuration was read is noticed.
        var first = new State(configuration.policy(), Optional.empty(), null, Instant.MIN);
        return new WatchedPolicy(file, configuration.settings().ehrs().keySet(), first, clock);
    }

    @Override
    public Policy now() {
        look();
        return state.policy();
    }

    @Override
    public Optional<String> problem() {
        look();
        return state.problem();
    }

    private void look() {
        if (clock.instant().isBefore(state.looked().plus(PAUSE)) || !looking.tryLock()) {
            return;
        }
        try {
            var now = clock.instant();
            var stamp = stamp();
            var isFresh = stamp != null
                    && !stamp.changed().isAfter(now)
                    && now.isBefore(stamp.changed().plus(PAUSE));
            if (isFresh) {
                return;
            }
            var before = state;
            state = stamp != null && stamp.equals(before.stamp())
                    ? new State(before.policy(), before.problem(), stamp, now)
                    : read(before, stamp, now);
        } finally {
            looking.unlock();
        }
    }

    private State read(State before, @Nullable Stamp stamp, Instant now) {
        var problems = new Problems();
        var policy = PolicyFile.read(file, ehrs, problems);
        if (problems.any()) {
            var words =
                    "policy.yaml has been changed and has problems, so the policy before the change is in force; the"
                            + " hub's log names them, or `ehr-hub check`.";
            if (!Objects.equals(stamp, before.stamp()) || before.problem().isEmpty()) {
                problems.all().forEach(problem -> LOG.error("POLICY NOT CHANGED: {}", problem));
            }
            return new State(before.policy(), Optional.of(words), stamp, now);
        }
        if (!policy.equals(before.policy())) {
            LOG.info("The policy has changed: {} is in force", file.getFileName());
        } else if (before.problem().isPresent()) {
            LOG.info("The policy is sound again: {} is in force", file.getFileName());
        }
        return new State(policy, Optional.empty(), stamp, now);
    }

    private @Nullable Stamp stamp() {
        try {
            var found = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(found.lastModifiedTime().toInstant(), found.size(), found.fileKey());
        } catch (IOException e) {
            return null; // what is wrong with it is said by reading it
        }
    }
}
