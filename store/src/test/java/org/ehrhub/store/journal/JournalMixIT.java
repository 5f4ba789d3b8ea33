package org.ehrhub.store.journal;

import org.ehrhub.store.Postgres;
import org.ehrhub.store.StoreSettings;

class JournalMixIT extends MixPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }
}
