package org.ehrhub.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    void takesNoFolderThatOthersMayEnter() throws Exception {
        var open = Files.createDirectory(
                folder.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        assertThatThrownBy(() -> DataDirectory.own(open))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageContaining("chmod 700");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void saysAtOnceWhatToDoWhereItsPathIsTooLongForTheSocketsInIt() {
        var far = folder.resolve("a-hospital-with-a-long-name".repeat(4));
        assertThatThrownBy(() -> DataDirectory.own(far))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("more than 103 bytes")
                .hasMessageContaining("symbolic link");
        assertThat(far).doesNotExist();
    }

    @Test
    void aLinkWithAShortPathWillDo() throws Exception {
        var far = Files.createDirectories(folder.resolve("a-hospital-with-a-long-name".repeat(4)));
        Files.setPosixFilePermissions(far, PosixFilePermissions.fromString("rwx------"));
        var link = Files.createSymbolicLink(folder.resolve("data"), far);
        try (var directory = DataDirectory.own(link).orElseThrow()) {
            assertThat(directory.path()).isEqualTo(link);
        }
    }

    @Test
    void namesItsSocketAsShortAsItCan() {
        assertThat(DataDirectory.socket(Path.of("target/data"))).isEqualTo(Path.of("target/data/hub.sock"));
        assertThat(DataDirectory.socket(Path.of("/d"))).isEqualTo(Path.of("/d/hub.sock"));
    }
}
