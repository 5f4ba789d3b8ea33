package org.ehrhub.store;

class StoredLoginsIT extends LoginPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }
}
