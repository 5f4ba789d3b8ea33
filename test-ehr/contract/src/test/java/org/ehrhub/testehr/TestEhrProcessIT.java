package org.ehrhub.testehr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stands in the server's package, but not in its module: its tests run on the hub's JUnit. */
class TestEhrProcessIT {
    @TempDir
    private Path directory;

    @Test
    void endsWithItsOwner() throws Exception {
        Process server = TestEhrProcess.launch(directory.resolve("server.log"));
        try {
            // The system does this when the owner ends, however it ends.
            server.getOutputStream().close();

            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }
}
