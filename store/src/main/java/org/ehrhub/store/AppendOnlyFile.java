package org.ehrhub.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A file of lines to which lines are only ever added, readable by its owner alone. */
final class AppendOnlyFile implements AutoCloseable {
    private final FileOutputStream out; // a channel would close for good when a writing thread is interrupted
    private final ReentrantLock lock = new ReentrantLock();

    AppendOnlyFile(Path file) {
        try {
            createForOwner(file);
            out = new FileOutputStream(file.toFile(), true);
            endLastLine(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + file.getFileName(), e);
        }
    }

    /** All whole lines of a file; none when it is not there. */
    static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file.getFileName(), e);
        }
    }

    static void createForOwner(Path file) throws IOException {
        if (Files.notExists(file)) {
            var posix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
            if (posix) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        }
    }

    /**
     * Adds a line.
     *
     * @param durable whether it must have reached the disk on return; otherwise it is safe from a crash of the hub, not of
     *     the machine
     */
    void append(String line, boolean durable) {
        var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            out.write(bytes);
            if (durable) {
                out.getFD().sync();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot append", e);
        } finally {
            lock.unlock();
        }
    }

    /** A crash may have cut the last line short; what comes next must not be glued to it. */
    private void endLastLine(Path file) throws IOException {
        var size = Files.size(file);
        if (size > 0) {
            try (var read = new RandomAccessFile(file.toFile(), "r")) {
                read.seek(size - 1);
                if (read.read() != '\n') {
                    out.write('\n');
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close", e);
        }
    }
}
