package org.ehrhub.store.journal;

import org.ehrhub.store.Postgres;
import org.ehrhub.store.StoreSettings;

class StoredJournalIT extends JournalPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }
}
