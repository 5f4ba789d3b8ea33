package org.ehrhub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Small files of the data directory that its owner alone may read. */
public final class OwnerFile {
    private OwnerFile() {}

    /** Makes the empty file. */
    public static void create(Path file) throws IOException {
        Files.createFile(file, ownersOnly(file, "rw-------"));
    }

    /** Makes a file with this content, or none: a crash leaves no half of it. */
    public static void write(Path file, byte[] content) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        create(fresh);
        Files.write(fresh, content);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes a folder that its owner alone may enter, if it is not there. */
    public static void folder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, ownersOnly(folder, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /**
     * The name of the hub that owns a data directory, made if need be: 16 hexadecimal digits.
     *
     * @throws UncheckedIOException when it cannot be read or made
     */
    public static String nodeName(Path file) {
        try {
            if (Files.notExists(file)) {
                write(file, fresh(8).getBytes(StandardCharsets.US_ASCII));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or make " + file.getFileName(), e);
        }
    }

    /** So many random bytes in hexadecimal digits. */
    static String fresh(int bytes) {
        var random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static FileAttribute<?>[] ownersOnly(Path file, String permissions) throws IOException {
        var folder = java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
