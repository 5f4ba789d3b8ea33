package org.ehrhub.store.journal;

import org.ehrhub.store.StoreSettings;

class JournalMixTest extends MixPromises {
    @Override
    StoreSettings settings() {
        return StoreSettings.in(directory);
    }
}
