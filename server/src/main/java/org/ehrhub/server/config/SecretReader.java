package org.ehrhub.server.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.ehrhub.adapters.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Reads where a secret is kept: {@code env:NAME} or {@code file:PATH}, never the secret itself. It must exist at the start
 * and is read at each use. What stands in the file is never repeated: somebody may have written the secret there.
 */
final class SecretReader implements ValueReader<Secret> {
    private final Path folder;
    private final UnaryOperator<@Nullable String> environment;

    SecretReader(Path folder, UnaryOperator<@Nullable String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    @Override
    public @Nullable Secret read(YamlValue value, Problems problems) {
        var text = value instanceof YamlValue.Scalar scalar ? scalar.text() : "";
        if (text.startsWith("env:")) {
            return fromEnvironment(text.substring(4).strip(), value.place(), problems);
        }
        if (text.startsWith("file:")) {
            return fromFile(text.substring(5).strip(), value.place(), problems);
        }
        problems.add(
                value.place(),
                "must say where the secret is kept, env:NAME or file:PATH; a secret itself does not belong in this file");
        return null;
    }

    private @Nullable Secret fromEnvironment(String name, Place place, Problems problems) {
        var now = environment.apply(name);
        if (now == null || now.isBlank()) {
            problems.add(place, "names an environment variable that is not set; set it before the start");
            return null;
        }
        return Secret.from(() -> Objects.requireNonNull(environment.apply(name)));
    }

    private @Nullable Secret fromFile(String path, Place place, Problems problems) {
        try {
            var file = folder.resolve(path);
            if (Files.isRegularFile(file) && !content(file).isEmpty()) {
                return Secret.from(() -> content(file));
            }
        } catch (InvalidPathException | UncheckedIOException e) {
            // Said below, without the cause's words.
        }
        problems.add(
                place, "names a file that is missing, empty or may not be read; create it, readable by the hub only");
        return null;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("A secret's file cannot be read"));
        }
    }
}
