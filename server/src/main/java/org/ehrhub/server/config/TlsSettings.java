package org.ehrhub.server.config;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What https is served with.
 *
 * @param certificate the certificate, with those between it and its authority, in PEM
 * @param key its private key, PKCS #8 in PEM without a password, readable by the hub only
 */
public record TlsSettings(Path certificate, Path key) {
    /** Checks that both can be read. */
    public TlsSettings {
        if (!Files.isReadable(certificate)) {
            throw new IllegalArgumentException("certificate names a file that is missing or may not be read");
        }
        if (!Files.isReadable(key)) {
            throw new IllegalArgumentException("key names a file that is missing or may not be read");
        }
    }
}
