package org.ehrhub.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.ehrhub.server.mcp.LocalSocket;

/** The folder that one running hub owns, locked while it does; readable by the user who runs the hub alone. */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Creates and locks the folder.
     *
     * @return empty when another hub owns it
     * @throws UncheckedIOException when it cannot be created or written, or its path is too long for the sockets in it
     */
    public static Optional<DataDirectory> own(Path path) {
        try {
            LocalSocket.address(approvalSocket(path)); // the longest of its sockets' names
            create(path);
            var channel =
                    FileChannel.open(path.resolve("hub.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock.isEmpty()) {
                channel.close();
            }
            return lock.map(held -> new DataDirectory(path, channel, held));
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory cannot be used: " + path + ": " + e.getMessage(), e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static void create(Path path) throws IOException {
        var posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        var ownersOnly = PosixFilePermissions.fromString("rwx------");
        if (Files.notExists(path)) {
            Files.createDirectories(path);
            if (posix) {
                Files.setPosixFilePermissions(path, ownersOnly);
            }
        } else if (posix && !Files.getPosixFilePermissions(path).equals(ownersOnly)) {
            throw new IOException("Others than its owner may enter it; give it a folder of its own, or chmod 700 it");
        }
    }

    /** The local socket of the hub that owns this folder; relative where that is shorter, because such names are short. */
    public static Path socket(Path dataDir) {
        return socket(dataDir, "hub.sock");
    }

    /** The socket at which that hub answers the audit command. */
    public static Path auditSocket(Path dataDir) {
        return socket(dataDir, "audit.sock");
    }

    /** The socket at which that hub answers questions about messages. */
    public static Path messageSocket(Path dataDir) {
        return socket(dataDir, "hl7.sock");
    }

    private static Path socket(Path dataDir, String name) {
        var here = Path.of("").toAbsolutePath();
        var whole = dataDir.toAbsolutePath().normalize().resolve(name);
        var relative = here.getRoot().equals(whole.getRoot()) ? here.relativize(whole) : whole;
        return relative.toString().length() < whole.toString().length() ? relative : whole;
    }

    /** The socket beside it where the operating-system user approves calls. */
    public static Path approvalSocket(Path dataDir) {
        return socket(dataDir).resolveSibling("approve.sock");
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
