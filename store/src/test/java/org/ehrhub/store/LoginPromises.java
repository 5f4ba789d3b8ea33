package org.ehrhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.ehrhub.adapters.KeptLogins;
import org.ehrhub.adapters.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What kept logins promise on every database. */
abstract class LoginPromises {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);
    private static final Payloads PAYLOADS = new Payloads(SampleKeys.of(1));

    private Database database;
    private KeptLogins logins;

    abstract StoreSettings settings();

    @BeforeEach
    void openDatabase() {
        database = Database.open(settings());
        logins = new StoredLogins(database, PAYLOADS, CLOCK);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void eachUserHasALoginPerEhr() {
        keep("stmarys", "ann", "a1");
        keep("stmarys", "bea", "b1");
        keep("lakeside", "ann", "c1");

        assertThat(found("stmarys", "ann")).isEqualTo("a1");
        assertThat(found("stmarys", "bea")).isEqualTo("b1");
        assertThat(found("lakeside", "ann")).isEqualTo("c1");
        assertThat(logins.find("lakeside", "bea")).isEmpty();
    }

    @Test
    void theNewestIsKept() {
        keep("stmarys", "ann", "a1");
        keep("stmarys", "ann", "a2");

        assertThat(found("stmarys", "ann")).isEqualTo("a2");
    }

    @Test
    void aForgottenOneIsGone() {
        keep("stmarys", "ann", "a1");
        keep("stmarys", "bea", "b1");

        logins.forget("stmarys", "ann");

        assertThat(logins.find("stmarys", "ann")).isEmpty();
        assertThat(found("stmarys", "bea")).isEqualTo("b1");
    }

    @Test
    void theDatabaseNeitherShowsItNorLetsAnotherUserHaveIt() {
        keep("stmarys", "ann", "s3cret");

        String stored = database.read(sql -> sql.sql("select refresh_token from ehr_login")
                .query(String.class)
                .single());
        assertThat(stored).doesNotContain("s3cret");
        database.durably(
                sql -> sql.sql("update ehr_login set principal = 'eve'").update());
        assertThatThrownBy(() -> logins.find("stmarys", "eve")).isInstanceOf(UncheckedIOException.class);
    }

    private void keep(String ehr, String principal, String token) {
        logins.keep(ehr, principal, Secret.from(() -> token));
    }

    private String found(String ehr, String principal) {
        return logins.find(ehr, principal).orElseThrow().reveal();
    }
}
