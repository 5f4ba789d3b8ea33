package org.ehrhub.mllp.sequence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last number of each peer, in a folder with a file for each (HL7 v2.5.1, 2.10.1). To write one has reached the disk on
 * return. Safe for use by many threads; for one process.
 */
public final class SequenceNumbers {
    private static final int MOST_PEERS = 10_000;

    private final Path folder;
    private final ConcurrentHashMap<String, Last> known = new ConcurrentHashMap<>();

    /**
     * The last message that had a number.
     *
     * @param number its number, greater than 0
     * @param controlId its MSH-10
     */
    public record Last(long number, String controlId) {}

    private SequenceNumbers(Path folder) {
        this.folder = folder;
    }

    /** Those of a folder, which is made where there is none. */
    public static SequenceNumbers in(Path folder) throws IOException {
        return new SequenceNumbers(Files.createDirectories(folder));
    }

    /** The last one of a peer; empty where none is known. */
    public Optional<Last> of(String peer) throws IOException {
        var found = known.get(peer);
        if (found != null) {
            return Optional.of(found);
        }
        var file = file(peer);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var lines = Files.readString(file).split("\n", 2);
        var last = new Last(Long.parseLong(lines[0]), lines.length < 2 ? "" : lines[1]);
        known.put(peer, last);
        return Optional.of(last);
    }

    /**
     * Keeps the last one of a peer.
     *
     * @throws IOException when the disk does not take it, or there are too many peers to be true
     */
    public void keep(String peer, Last last) throws IOException {
        if (!known.containsKey(peer) && known.size() >= MOST_PEERS) {
            throw new IOException("More than " + MOST_PEERS + " peers use sequence numbers");
        }
        var file = file(peer);
        var next = file.resolveSibling(file.getFileName() + ".next");
        try (var out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(ByteBuffer.wrap((last.number() + "\n" + last.controlId()).getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        known.put(peer, last);
    }

    /** Knows none of a peer any more. */
    public void forget(String peer) throws IOException {
        Files.deleteIfExists(file(peer));
        known.remove(peer);
    }

    private Path file(String peer) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(peer.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
