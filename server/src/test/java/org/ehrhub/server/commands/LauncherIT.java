package org.ehrhub.server.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell around the hub: which JDK it takes, and what it says on an unbuilt checkout. */
class LauncherIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @BeforeEach
    void needsBash() {
        assumeThat(Path.of("/bin/bash")).exists();
    }

    @Test
    void takesTheJdkThatIsNamedForIt() throws Exception {
        var jdk = jdk("mine", "25.0.1");

        assertThat(find(Map.of("EHR_HUB_JAVA_HOME", jdk.toString())).text()).isEqualTo(jdk.toString());
    }

    @Test
    void refusesANamedJdkOfAnotherRelease() throws Exception {
        var found = find(Map.of("EHR_HUB_JAVA_HOME", jdk("old", "21.0.4").toString()));

        assertThat(found.exit()).isEqualTo(2);
        assertThat(found.text()).startsWith("EHR_HUB_JAVA_HOME is no JDK 25");
    }

    @Test
    void passesOverAJavaHomeOfAnotherReleaseToTheJavaOnThePath() throws Exception {
        var link = Files.createDirectory(folder.resolve("bin")).resolve("java");
        Files.createSymbolicLink(link, jdk("path", "25").resolve("bin/java"));

        assertThat(find(Map.of(
                                "JAVA_HOME",
                                jdk("old", "17.0.9").toString(),
                                "PATH",
                                link.getParent() + ":" + System.getenv("PATH")))
                        .text())
                .isEqualTo(folder.resolve("path").toRealPath().toString());
    }

    @Test
    void saysOnAnUnbuiltCheckoutWhatToDo() throws Exception {
        Files.createDirectory(folder.resolve("build"));
        for (var file : List.of("ehr-hub", "build/jdk.sh", "build/hub.sh")) {
            Files.copy(ROOT.resolve(file), folder.resolve(file));
        }
        Files.createSymbolicLink(folder.resolve("linked"), Path.of("ehr-hub"));
        for (var command : List.of("stdio", "call", "check", "version")) {
            var said = run(
                    List.of("/bin/bash", folder.resolve("linked").toString(), command),
                    Map.of("EHR_HUB_JAVA_HOME", jdk("jdk-" + command, "25").toString()));

            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.text()).startsWith("EHR Hub is not built yet: run ./ehr-hub start once");
        }
    }

    private Path jdk(String name, String version) throws IOException {
        var home = Files.createDirectories(folder.resolve(name));
        Files.createDirectory(home.resolve("bin"));
        for (var tool : List.of("java", "javac")) {
            var file = Files.writeString(home.resolve("bin").resolve(tool), "#!/bin/sh\nexit 1\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private record Said(int exit, String text) {}

    private Said find(Map<String, String> environment) throws Exception {
        var words = ". '" + ROOT.resolve("build/jdk.sh") + "'; find_jdk25 || exit 2; echo \"$JAVA_HOME\"";
        return run(List.of("/bin/bash", "-euc", words), environment);
    }

    private Said run(List<String> command, Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("EHR_HUB_JAVA_HOME");
        builder.environment().putAll(environment);
        builder.environment().put("HOME", folder.toString());
        var process = builder.start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), text);
    }
}
