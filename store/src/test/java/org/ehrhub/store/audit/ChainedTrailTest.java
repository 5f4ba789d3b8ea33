package org.ehrhub.store.audit;

import org.ehrhub.store.StoreSettings;

class ChainedTrailTest extends TrailPromises {
    @Override
    StoreSettings settings() {
        return StoreSettings.in(directory);
    }
}
