package org.ehrhub.store.audit;

import org.ehrhub.store.Postgres;
import org.ehrhub.store.StoreSettings;

class ChainedTrailIT extends TrailPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }
}
