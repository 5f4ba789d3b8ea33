package org.ehrhub.store;

import java.time.InstantSource;
import java.util.Optional;
import org.ehrhub.adapters.KeptLogins;
import org.ehrhub.adapters.Secret;
import org.ehrhub.store.Payloads.Column;

/** What users' logins to EHRs are renewed with, as a table that several hubs may share; encrypted. */
public final class StoredLogins implements KeptLogins {
    private final Database database;
    private final Payloads payloads;
    private final InstantSource clock;

    /** Logins in this database. */
    public StoredLogins(Database database, Payloads payloads, InstantSource clock) {
        this.database = database;
        this.payloads = payloads;
        this.clock = clock;
    }

    @Override
    public Optional<Secret> find(String ehr, String principal) {
        return database.read(sql -> sql.sql("select refresh_token from ehr_login where ehr = ? and principal = ?")
                        .params(ehr, principal)
                        .query(String.class)
                        .optional())
                .map(stored -> payloads.open(Column.EHR_LOGIN_REFRESH_TOKEN, row(ehr, principal), stored))
                .map(token -> Secret.from(() -> token));
    }

    @Override
    public void keep(String ehr, String principal, Secret refreshToken) {
        var sealed = payloads.seal(Column.EHR_LOGIN_REFRESH_TOKEN, row(ehr, principal), refreshToken.reveal());
        database.durably(sql -> {
            var changed = sql.sql("update ehr_login set refresh_token = ?, kept_ms = ? where ehr = ? and principal = ?")
                    .params(sealed, clock.millis(), ehr, principal)
                    .update();
            return changed > 0
                    ? changed
                    : sql.sql("insert into ehr_login (refresh_token, kept_ms, ehr, principal) values (?, ?, ?, ?)")
                            .params(sealed, clock.millis(), ehr, principal)
                            .update();
        });
    }

    @Override
    public void forget(String ehr, String principal) {
        database.durably(sql -> sql.sql("delete from ehr_login where ehr = ? and principal = ?")
                .params(ehr, principal)
                .update());
    }

    private static String row(String ehr, String principal) {
        return ehr + "\n" + principal;
    }
}
