package org.ehrhub.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SharedKeysTest extends SharedKeysPromises {
    @TempDir
    private Path directory;

    @Override
    StoreSettings settings() {
        return StoreSettings.in(directory);
    }
}
