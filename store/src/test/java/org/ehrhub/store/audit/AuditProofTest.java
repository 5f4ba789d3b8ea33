package org.ehrhub.store.audit;

import org.ehrhub.store.StoreSettings;

class AuditProofTest extends ProofPromises {
    @Override
    StoreSettings settings() {
        return StoreSettings.in(directory);
    }
}
