package org.ehrhub.benchmarks.processes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.ehrhub.adapters.Secret;
import org.ehrhub.store.StoreSettings;

/** A PostgreSQL server of the benchmark, with its own settings but for the wait for the disk, which is the usual one. */
public record PostgresServer(EmbeddedPostgres server) implements AutoCloseable {
    /** The environment variable that tells a hub the password. */
    private static final String PASSWORD = "BENCH_PASSWORD";

    private static final String NAME = "postgres";

    /** Starts one on a port that is free. */
    public static PostgresServer start() {
        try {
            return new PostgresServer(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its database. */
    public StoreSettings settings() {
        return new StoreSettings(
                "jdbc:postgresql://localhost:" + server.getPort() + "/" + NAME, NAME, Secret.from(() -> NAME));
    }

    /** The group {@code store} of a hub's configuration that uses its database. */
    public String configuration() {
        return "store: {url: \"%s\", user: %s, password: env:%s}%n"
                .formatted(settings().url(), NAME, PASSWORD);
    }

    /** What a process that uses its database must find in its environment. */
    public static Map<String, String> environment() {
        return Map.of(PASSWORD, NAME);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
