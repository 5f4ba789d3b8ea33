package org.ehrhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingKeyTest {
    @TempDir
    private Path directory;

    @Test
    void isMadeOnceAndStaysTheSame() throws Exception {
        var file = directory.resolve("sealing.key");
        var key = SealingKey.of(file);
        assertThat(key).hasSize(32).isEqualTo(SealingKey.of(file));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesAFileThatHoldsNoKey() throws Exception {
        var file = Files.write(directory.resolve("sealing.key"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> SealingKey.of(file)).isInstanceOf(IllegalStateException.class);
    }
}
