package org.ehrhub.fhir;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a server that callers may have run (FHIR R4, 3.2).
 *
 * @param path the type and the operation, {@code Patient/$everything}; it holds for the type and for each record of it
 * @param reads whether it changes nothing and nothing leaves the EHR by it; taken for a write without it
 */
public record Operation(String path, @Nullable Boolean reads) {
    private static final Pattern PATH = Pattern.compile("[A-Z][A-Za-z]{1,63}/\\$[a-z][A-Za-z0-9-]{0,63}");

    /** Checks the path. */
    public Operation {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "path must be a resource type, a slash and an operation, such as Patient/$everything");
        }
    }

    /** The resource type. */
    public String type() {
        return path.substring(0, path.indexOf('/'));
    }

    /** The operation, without its dollar sign. */
    public String name() {
        return path.substring(path.indexOf('$') + 1);
    }

    /** Whether it is known to be a read. */
    public boolean isRead() {
        return Boolean.TRUE.equals(reads);
    }
}
