package org.ehrhub.store;

class SharedKeysIT extends SharedKeysPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }
}
