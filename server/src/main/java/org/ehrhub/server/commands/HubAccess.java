package org.ehrhub.server.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ehrhub.server.DataDirectory;

/**
 * How a command gets at a hub: by the socket of the one that runs on the data directory, else as the owner of the directory,
 * who may start one.
 *
 * @param <A> what attaching gives
 */
sealed interface HubAccess<A> {
    /** A hub runs. */
    record Attached<A>(A hub) implements HubAccess<A> {}

    /** None runs, and none can start elsewhere now. */
    record Owner<A>(DataDirectory directory) implements HubAccess<A> {}

    /** Tries to attach. */
    @FunctionalInterface
    interface Attaching<A> {
        /** Empty when no hub answers there. */
        Optional<A> attach(Path socket) throws IOException;
    }

    /** How long a hub that owns the directory and does not answer yet is waited for. */
    Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * Finds the way.
     *
     * @throws UsageProblem when a hub owns the directory and does not answer
     */
    static <A> HubAccess<A> find(Path dataDir, Attaching<A> attaching) throws IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        do {
            var attached = attaching.attach(DataDirectory.socket(dataDir));
            if (attached.isPresent()) {
                return new Attached<>(attached.get());
            }
            var owned = DataDirectory.own(dataDir);
            if (owned.isPresent()) {
                return new Owner<>(owned.get());
            }
            Thread.sleep(100);
        } while (System.nanoTime() < end);
        throw new UsageProblem(
                "A hub owns the data directory " + dataDir + " but does not answer; stop it and try again");
    }
}
