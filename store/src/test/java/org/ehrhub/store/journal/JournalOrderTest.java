package org.ehrhub.store.journal;

import org.ehrhub.store.StoreSettings;

class JournalOrderTest extends OrderPromises {
    @Override
    StoreSettings settings() {
        return StoreSettings.in(directory);
    }
}
