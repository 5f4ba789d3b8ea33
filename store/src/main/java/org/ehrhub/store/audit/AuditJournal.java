package org.ehrhub.store.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.ehrhub.store.OwnerFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The newest records of a hub whose database is a file: a line appended here is on the disk in a fraction of the time that the
 * database takes. It holds what the database will be given next, and after a crash what it was not given.
 */
final class AuditJournal implements AutoCloseable {
    private final JsonMapper json = new JsonMapper();
    private final Path path;
    private final FileChannel file;

    private AuditJournal(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** Opens the journal, made if need be. */
    static AuditJournal open(Path path) {
        try {
            if (Files.notExists(path)) {
                OwnerFile.create(path);
            }
            return new AuditJournal(path, FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + path.getFileName(), e);
        }
    }

    /** Adds records; they are on the disk on return. */
    void append(List<AuditRecord> records) {
        var lines = new StringBuilder();
        records.forEach(record -> lines.append(json.writeValueAsString(record)).append('\n'));
        var bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path.getFileName(), e);
        }
    }

    /**
     * What the journal holds.
     *
     * @param records those that go on after the end of the chain
     * @param whole whether that is all, and what the database has already is the same there: the rest is what a crash left half
     *     written, or somebody changed. Nobody was answered for the one, and of the other {@link AuditHead} knows.
     */
    record Found(List<AuditRecord> records, boolean whole) {}

    /**
     * What goes on after this end of the chain.
     *
     * @param stored the hash of the record that the database has of a number
     */
    Found after(AuditTable.End end, LongFunction<Optional<String>> stored) {
        var records = new ArrayList<AuditRecord>();
        var last = end;
        for (var line : lines()) {
            var next = parsed(line).orElse(null);
            if (next == null || !fits(next, last, stored)) {
                return new Found(records, false);
            }
            if (next.seq() > last.seq()) {
                records.add(next);
                last = new AuditTable.End(next.seq(), next.hash());
            }
        }
        return new Found(records, true);
    }

    private static boolean fits(AuditRecord next, AuditTable.End last, LongFunction<Optional<String>> stored) {
        return next.seq() <= last.seq()
                ? stored.apply(next.seq()).filter(next.hash()::equals).isPresent()
                : next.seq() == last.seq() + 1 && next.hash().equals(next.hashAfter(last.hash(), new Canonical()));
    }

    private List<String> lines() {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path.getFileName(), e);
        }
    }

    private Optional<AuditRecord> parsed(String line) {
        try {
            return Optional.of(json.readValue(line, AuditRecord.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Keeps a copy for whoever looks into what happened. */
    void setAside() {
        try {
            var copy = path.resolveSibling(path.getFileName() + "." + System.currentTimeMillis());
            Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + path.getFileName(), e);
        }
    }

    /** Forgets what the database has by now. */
    void clear() {
        try {
            file.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot empty " + path.getFileName(), e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close " + path.getFileName(), e);
        }
    }
}
