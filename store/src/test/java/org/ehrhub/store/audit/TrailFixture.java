package org.ehrhub.store.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ehrhub.store.Database;
import org.ehrhub.store.StoreSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A database and the files that an audit trail needs. */
abstract class TrailFixture {
    static final Clock CLOCK = Clock.fixed(SampleEntries.TIME, ZoneOffset.UTC);

    @TempDir
    Path directory;

    Database database;
    AuditPlace place;

    abstract StoreSettings settings();

    @BeforeEach
    void openDatabase() {
        database = Database.open(settings());
        place = AuditPlace.in(directory);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    void keep(int calls) {
        try (var trail = new ChainedTrail(database, place, CLOCK)) {
            IntStream.range(0, calls).forEach(i -> trail.keep(SampleEntries.read("call-" + i)));
        }
    }

    List<String> findings() {
        var whole = AuditProof.of(AuditSource.atRest(database, place)).findings();
        assertThat(AuditProof.of(AuditSource.atRest(database, place), 2)
                        .findings()
                        .isEmpty())
                .as("read in parts of two numbers, which meet at every other record: %s", whole)
                .isEqualTo(whole.isEmpty());
        return whole;
    }

    List<AuditRecord> records(AuditQuery query) {
        var found = new ArrayList<AuditRecord>();
        new AuditLog(database).forEach(query, found::add);
        return found;
    }

    void run(String statement) {
        database.durably(sql -> {
            database.jdbc().execute(statement);
            return 1;
        });
    }
}
