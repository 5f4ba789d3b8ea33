package org.ehrhub.store.audit;

import org.ehrhub.store.Postgres;
import org.ehrhub.store.StoreSettings;

class AuditProofIT extends ProofPromises {
    @Override
    StoreSettings settings() {
        return Postgres.fresh();
    }
}
