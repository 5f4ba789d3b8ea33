package org.ehrhub.mllp.framing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Looks, a byte at a time, whether the name of a header segment comes next: of a message, a batch or a file of batches. */
final class HeaderSearch {
    private static final List<byte[]> NAMES = List.of(
            "MSH".getBytes(StandardCharsets.US_ASCII),
            "BHS".getBytes(StandardCharsets.US_ASCII),
            "FHS".getBytes(StandardCharsets.US_ASCII));
    private static final int NAME = 3;
    private static final int DELETE = 0x7F;

    private final byte[] found = new byte[NAME + 1];
    private int length = -1;

    /** What a byte says of the search. */
    enum Outcome {
        MORE,
        FOUND,
        NOT
    }

    void begin() {
        length = 0;
    }

    boolean isSearching() {
        return length >= 0;
    }

    /** Takes the next byte; where the outcome is {@code NOT} it was not taken. */
    Outcome take(byte next) {
        found[length] = next;
        boolean fits = length < NAME ? NAMES.stream().anyMatch(this::begins) : isSeparator(next);
        if (!fits) {
            return Outcome.NOT;
        }
        length++;
        return length > NAME ? Outcome.FOUND : Outcome.MORE;
    }

    /** Ends the search; gives the bytes that were taken. */
    byte[] end() {
        var taken = Arrays.copyOf(found, Math.max(0, length));
        length = -1;
        return taken;
    }

    /** A field separator is a character that can be seen; a block that ends what came before is none. */
    static boolean isSeparator(byte next) {
        return next > ' ' && next < DELETE && !Character.isLetterOrDigit(next);
    }

    private boolean begins(byte[] name) {
        return Arrays.equals(name, 0, length + 1, found, 0, length + 1);
    }
}
