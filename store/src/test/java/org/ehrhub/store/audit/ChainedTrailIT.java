package org.ehrhub.store.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.ehrhub.store.Postgres;
import org.ehrhub.store.StoreSettings;
import org.junit.jupiter.api.Test;

/** The trail in a database that is a server's. */
class ChainedTrailIT extends TrailPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }

    @Test
    void aRecordIsInTheDatabaseOnReturnAndInNoFile() {
        try (var trail = new ChainedTrail(database, place, CLOCK)) {
            trail.keep(SampleEntries.read("one"));
            assertThat(records(AuditQuery.ALL)).hasSize(1);
        }
        assertThat(Files.exists(place.journal())).isFalse();
    }

    @Test
    void saysWhenARecordCannotBeKeptAndGoesOnWhenItCan() {
        try (var trail = new ChainedTrail(database, place, CLOCK)) {
            trail.keep(SampleEntries.read("one"));
            run("alter table audit_record rename to elsewhere");
            assertThatThrownBy(() -> trail.keep(SampleEntries.read("two"))).isInstanceOf(UncheckedIOException.class);
            run("alter table elsewhere rename to audit_record");
            trail.keep(SampleEntries.read("three"));
        }
        assertThat(records(AuditQuery.ALL)).extracting(AuditRecord::callId).containsExactly("one", "three");
        assertThat(findings()).isEmpty();
    }
}
