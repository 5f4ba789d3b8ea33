package org.ehrhub.store.journal;

import org.ehrhub.store.Postgres;
import org.ehrhub.store.StoreSettings;

class JournalOrderIT extends OrderPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }
}
