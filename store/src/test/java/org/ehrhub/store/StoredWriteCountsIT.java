package org.ehrhub.store;

class StoredWriteCountsIT extends WriteCountPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }
}
