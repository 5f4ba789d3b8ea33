package org.ehrhub.store.journal;

import org.ehrhub.store.Postgres;
import org.ehrhub.store.StoreSettings;

class JournalDeskIT extends DeskPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }
}
