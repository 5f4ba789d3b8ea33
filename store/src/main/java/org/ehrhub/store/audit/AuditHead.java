package org.ehrhub.store.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.store.OwnerFile;

/**
 * A file outside the database that says how far the hub's chain has come, so that records taken off its end or put there are
 * noticed. It has two places: what is about to be committed, and what was. The chain ends at one of the two.
 */
final class AuditHead implements AutoCloseable {
    private static final int SLOT = 256;

    private final RandomAccessFile file;

    private AuditHead(RandomAccessFile file) {
        this.file = file;
    }

    /**
     * How far the chain has come.
     *
     * @param signed the number of the last record that a checkpoint vouches for
     */
    record Mark(long seq, String hash, long signed) {}

    /**
     * What the file says.
     *
     * @param committed where the chain had come
     * @param intended where it was going
     * @param damaged whether a part cannot be read
     */
    record Said(Optional<Mark> committed, Optional<Mark> intended, boolean damaged) {
        /** Whether an honest chain can end there. */
        boolean allows(AuditTable.End end) {
            return Stream.of(committed, intended)
                    .flatMap(Optional::stream)
                    .anyMatch(mark -> mark.seq() == end.seq() && mark.hash().equals(end.hash()));
        }
    }

    /** Opens the file to write it. */
    static AuditHead open(Path path) {
        try {
            if (Files.notExists(path)) {
                OwnerFile.create(path);
            }
            return new AuditHead(new RandomAccessFile(path.toFile(), "rw"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + path.getFileName(), e);
        }
    }

    /** What the file at this path says. */
    static Said read(Path path) {
        try {
            var text = Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
            var committed = parsed(text, 0);
            var intended = parsed(text, SLOT);
            var whole = text.isEmpty() || (text.length() == 2 * SLOT && committed.isPresent() && intended.isPresent());
            return new Said(committed, intended, !whole);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path.getFileName(), e);
        }
    }

    private static Optional<Mark> parsed(String text, int from) {
        var slot = text.substring(Math.min(from, text.length()), Math.min(from + SLOT, text.length()));
        var words = slot.split(" ", 4);
        if (words.length < 4 || !words[0].matches("\\d{1,18}") || !words[2].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        var mark = new Mark(Long.parseLong(words[0]), words[1], Long.parseLong(words[2]));
        return text(mark).equals(slot) ? Optional.of(mark) : Optional.empty();
    }

    private static String text(Mark mark) {
        var said = mark.seq() + " " + mark.hash() + " " + mark.signed();
        var check = new Canonical().add(said).sha256();
        return (said + " " + check + " ".repeat(SLOT)).substring(0, SLOT - 1) + "\n";
    }

    /** The chain is about to come so far. */
    void intend(Mark mark) {
        write(mark, SLOT);
    }

    /** The chain has come so far. */
    void commit(Mark mark) {
        write(mark, 0);
    }

    private void write(Mark mark, long place) {
        try {
            file.seek(place);
            file.write(text(mark).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the head of the audit trail", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the head of the audit trail", e);
        }
    }
}
