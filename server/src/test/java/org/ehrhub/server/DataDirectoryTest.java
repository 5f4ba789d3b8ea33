package org.ehrhub.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void hasOneOwnerAtATime() {
        try (var first = DataDirectory.own(folder.resolve("a/data")).orElseThrow()) {
            assertThat(first.path()).isDirectory();
            assertThat(DataDirectory.own(folder.resolve("a/data"))).isEmpty();
        }
        try (var next = DataDirectory.own(folder.resolve("a/data")).orElseThrow()) {
            assertThat(next.path()).isDirectory();
        }
    }

    @Test
    void namesItsSocketAsShortAsItCan() {
        assertThat(DataDirectory.socket(Path.of("target/data"))).isEqualTo(Path.of("target/data/hub.sock"));
        assertThat(DataDirectory.socket(Path.of("/d"))).isEqualTo(Path.of("/d/hub.sock"));
    }
}
