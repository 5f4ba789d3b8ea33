package org.ehrhub.store.journal;

import org.ehrhub.store.StoreSettings;

class StoredJournalTest extends JournalPromises {
    @Override
    StoreSettings settings() {
        return StoreSettings.in(directory);
    }
}
