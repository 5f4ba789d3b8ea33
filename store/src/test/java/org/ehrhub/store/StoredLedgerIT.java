package org.ehrhub.store;

class StoredLedgerIT extends LedgerPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }
}
