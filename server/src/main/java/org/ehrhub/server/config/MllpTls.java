package org.ehrhub.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an MLLP connection is secured with, TLS 1.2 or 1.3.
 *
 * @param certificate the hub's certificate, with those between it and its authority, in PEM
 * @param key its private key, PKCS #8 in PEM without a password, readable by the hub only
 * @param authorities certificates of those who may vouch for the other side, in PEM; a receiver's may be vouched for by any that Java
 *     trusts where none are given
 */
public record MllpTls(
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path authorities) {
    /** Checks that certificate and key go together, and that each can be read. */
    public MllpTls {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("certificate and key belong together");
        }
        check("certificate", certificate);
        check("key", key);
        check("authorities", authorities);
    }

    private static void check(String name, @Nullable Path file) {
        if (file != null && !Files.isReadable(file)) {
            throw new IllegalArgumentException(name + " names a file that is missing or may not be read");
        }
    }
}
