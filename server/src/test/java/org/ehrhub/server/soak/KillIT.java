package org.ehrhub.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.ehrhub.sandbox.Sandbox;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.store.Database;
import org.ehrhub.store.audit.AuditLog;
import org.ehrhub.store.audit.AuditPlace;
import org.ehrhub.store.audit.AuditProof;
import org.ehrhub.store.audit.AuditQuery;
import org.ehrhub.store.audit.AuditSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub is killed while it writes to an EHR that loses answers. Every write is made at most once, what was called done is
 * there, and no record that was answered for is lost. {@code ./check soak} does the same many times.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("soak.kills", 5);
    private static final long SEED = Long.getLong("soak.seed", 7);

    @TempDir
    private Path folder;

    @Test
    void everyWriteIsMadeAtMostOnceHoweverOftenTheHubIsKilled() throws Exception {
        soak("", KILLS - KILLS / 5);
    }

    @Test
    void theSameHoldsOfAHubWhoseStoreIsAServer() throws Exception {
        try (var postgres = EmbeddedPostgres.start()) {
            var store = "store: {url: \"%s\", user: postgres, password: \"file:password\"}\n"
                    .formatted("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
            soak(store, KILLS / 5);
        }
    }

    private void soak(String store, int kills) throws Exception {
        var start = System.nanoTime();
        try (var sandbox = Sandbox.start(0, Clock.systemUTC());
                var ehr = new LossyDoor(sandbox.baseUrl("stmarys"))) {
            var configuration = configuration(ehr, store);
            var soak = new Soak(configuration, ehr, SEED + kills);
            soak.run(kills);
            for (var order : soak.orders()) {
                assertThat(ehr.taken(order.mark())).as("records of %s", order).isEqualTo(1);
                assertThat(ehr.held(order.record().substring("stmarys/".length())))
                        .as("%s as the EHR holds it", order.record())
                        .contains(order.mark());
            }
            proveStore(configuration, soak);
            System.out.printf(
                    "%d kills in %d s%s: %s%n",
                    kills,
                    (System.nanoTime() - start) / 1_000_000_000,
                    store.isEmpty() ? "" : " on PostgreSQL",
                    soak.count());
        }
    }

    private Path configuration(LossyDoor ehr, String store) throws IOException {
        Files.writeString(folder.resolve("password"), "postgres");
        Files.writeString(folder.resolve("policy.yaml"), """
                allow:
                  - ehr: stmarys
                    reads: true
                    writes: [appointment.create, vital.record, note.draft, task.create]
                """);
        return Files.writeString(folder.resolve("ehr-hub.yaml"), """
                data-dir: data
                policy: policy.yaml
                time-limit: 60s
                server: {profiles: [all]}
                %sehrs:
                  stmarys: {type: fhir-r4, base-url: "%s", timeout: 30s}
                """.formatted(store, ehr.url()));
    }

    /** The chain is whole; every answer, and every write that reached the EHR, has its record; no fate is left open. */
    private static void proveStore(Path configuration, Soak soak) {
        var settings = Configuration.load(configuration).settings();
        try (var database = Database.open(settings.store().settings(settings.dataDir()))) {
            assertThat(AuditProof.of(AuditSource.atRest(database, AuditPlace.in(settings.dataDir())))
                            .findings())
                    .isEmpty();
            var before = new ArrayList<String>();
            var after = new ArrayList<String>();
            var shown = new HashSet<String>();
            new AuditLog(database).forEach(AuditQuery.ALL, record -> {
                if (record.stage().equals("BEFORE_WRITE")) {
                    before.add(record.callId());
                } else if (record.stage().equals("AFTER_WRITE")) {
                    after.add(record.callId());
                    shown.addAll(List.of(record.records().split(" ", -1)));
                }
            });
            assertThat(before).hasSizeGreaterThanOrEqualTo(soak.count().sent()).doesNotHaveDuplicates();
            assertThat(after).hasSizeGreaterThanOrEqualTo((int) soak.count().answers());
            assertThat(after).containsAll(soak.failures());
            assertThat(shown)
                    .containsAll(soak.orders().stream().map(Order::record).toList());
            assertThat(database.<Long>read(sql -> sql.sql("select count(*) from idempotency where state <> 'DONE'")
                            .query(Long.class)
                            .single()))
                    .as("writes that are not known to be done")
                    .isZero();
        }
    }
}
