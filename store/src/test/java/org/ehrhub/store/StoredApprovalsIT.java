package org.ehrhub.store;

class StoredApprovalsIT extends ApprovalPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }
}
