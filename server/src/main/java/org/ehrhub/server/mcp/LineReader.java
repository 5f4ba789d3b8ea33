package org.ehrhub.server.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of bytes, with a longest: what is longer is read to its end without being kept. */
final class LineReader {
    private static final int BUFFER = 8192;

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** One line without its end; empty when it was too long. */
    static final class Line {
        private final byte[] bytes;
        private final boolean tooLong;

        private Line(byte[] bytes, boolean tooLong) {
            this.bytes = bytes;
            this.tooLong = tooLong;
        }

        byte[] bytes() {
            return bytes;
        }

        boolean tooLong() {
            return tooLong;
        }
    }

    /** The next line that is not blank; null at the end of the stream. */
    @Nullable
    Line next() throws IOException {
        Line line;
        do {
            line = nextLine();
        } while (line != null && !line.tooLong() && isBlank(line.bytes()));
        return line;
    }

    private @Nullable Line nextLine() throws IOException {
        var kept = new ByteArrayOutputStream();
        boolean tooLong = false;
        while (at < end || fill()) {
            int newline = newline();
            tooLong = tooLong || kept.size() + newline - at > longest;
            if (!tooLong) {
                kept.write(buffer, at, newline - at);
            }
            at = newline + 1;
            if (newline < end) {
                return line(kept, tooLong);
            }
        }
        return tooLong || kept.size() > 0 ? line(kept, tooLong) : null;
    }

    private boolean fill() throws IOException {
        end = in.read(buffer);
        at = 0;
        return end > 0;
    }

    private int newline() {
        int i = at;
        while (i < end && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    private static Line line(ByteArrayOutputStream kept, boolean tooLong) {
        return tooLong ? new Line(new byte[0], true) : new Line(kept.toByteArray(), false);
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
