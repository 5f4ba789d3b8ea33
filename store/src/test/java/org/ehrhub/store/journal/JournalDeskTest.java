package org.ehrhub.store.journal;

import org.ehrhub.store.StoreSettings;

class JournalDeskTest extends DeskPromises {
    @Override
    StoreSettings settings() {
        return StoreSettings.in(directory);
    }
}
