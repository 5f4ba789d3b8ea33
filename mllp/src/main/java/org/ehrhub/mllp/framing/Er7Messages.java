package org.ehrhub.mllp.framing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a file, one after another and byte for byte: a single one, several, or batches of them (HL7 v2.5.1, 2.10.3);
 * blocks of MLLP around them, a byte order mark and empty lines between them are left out. What is wrong with the file is told by an
 * {@link UncheckedIOException}, after the messages before it.
 */
public final class Er7Messages implements Iterator<byte[]>, Closeable {
    private static final List<String> ENVELOPE = List.of("FHS", "BHS", "BTS", "FTS");
    private static final int NAME = 3;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream file;
    private final int mostBytes;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final ByteArrayOutputStream blank = new ByteArrayOutputStream();
    private byte @Nullable [] next;
    private @Nullable IOException fault;
    private boolean first = true;
    private boolean ended;
    private int messages;
    private int batches;

    private Er7Messages(InputStream file, int mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    /**
     * The messages of a file, which is read as they are asked for.
     *
     * @param mostBytes the longest message
     */
    public static Er7Messages of(InputStream file, int mostBytes) {
        return new Er7Messages(new BufferedInputStream(file), mostBytes);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            try {
                line();
            } catch (IOException e) {
                ended = true;
                fault = e;
            }
        }
        if (next == null && fault != null) {
            throw new UncheckedIOException(fault);
        }
        return next != null;
    }

    @Override
    public byte[] next() {
        var found = hasNext() ? next : null;
        if (found == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return found;
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        file.close();
    }

    private void line() throws IOException {
        var line = read();
        if (line.length == 0) {
            ended = true;
            end();
            return;
        }
        var name = name(line);
        if (name.equals("MSH") || ENVELOPE.contains(name)) {
            end();
        }
        if (ENVELOPE.contains(name)) {
            envelope(name, line);
        } else if (isBlank(line)) {
            blank.writeBytes(line);
        } else if (name.equals("MSH") || message.size() > 0) {
            keep(line);
        } else {
            throw new IOException("The file holds a segment outside of any message");
        }
    }

    private void keep(byte[] line) throws IOException {
        if (message.size() > 0) {
            blank.writeTo(message);
        }
        blank.reset();
        message.writeBytes(line);
        if (message.size() > mostBytes) {
            throw tooLong();
        }
    }

    private void end() {
        blank.reset();
        if (message.size() > 0) {
            next = message.toByteArray();
            message.reset();
            messages++;
        }
    }

    /** Batch and file trailers say how many messages and batches there were (BTS-1, FTS-1). */
    private void envelope(String name, byte[] line) throws IOException {
        switch (name) {
            case "FHS" -> batches = 0;
            case "BHS" -> batches++;
            case "BTS" -> check(line, messages, "messages");
            default -> check(line, batches, "batches");
        }
        messages = 0;
    }

    private static void check(byte[] line, int found, String what) throws IOException {
        var fields = new String(line, StandardCharsets.ISO_8859_1).strip();
        var said = fields.length() <= NAME + 1 ? "" : fields.substring(NAME + 1).split("\\D", 2)[0];
        if (!said.isEmpty() && !said.equals(String.valueOf(found))) {
            throw new IOException("The file is not whole: a trailer speaks of another number of " + what);
        }
    }

    /** The next line with its end, without what is of MLLP; empty at the end of the file. */
    private byte[] read() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int one = file.read(); one >= 0; one = file.read()) {
            line.write(one);
            if (line.size() > mostBytes) {
                throw tooLong();
            }
            if (one == '\n' || (one == '\r' && !isNext('\n'))) {
                break;
            }
        }
        return withoutBlocks(line.toByteArray());
    }

    private boolean isNext(int expected) throws IOException {
        file.mark(1);
        int one = file.read();
        file.reset();
        return one == expected;
    }

    private byte[] withoutBlocks(byte[] line) {
        int from = first && startsWith(line, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
        first = false;
        while (from < line.length && line[from] == Framer.START) {
            from++;
        }
        int end = Segments.end(line, from);
        boolean block = end > from && line[end - 1] == Framer.END;
        if (block && end - 1 == from) {
            return new byte[] {'\n'};
        }
        return Arrays.copyOfRange(line, from, block ? end - 1 : line.length);
    }

    private static boolean startsWith(byte[] line, byte[] begin) {
        return line.length >= begin.length && Arrays.equals(line, 0, begin.length, begin, 0, begin.length);
    }

    private static boolean isBlank(byte[] line) {
        return Segments.end(line, 0) == 0;
    }

    private static String name(byte[] line) {
        boolean named = line.length >= NAME && (line.length == NAME || !Character.isLetterOrDigit(line[NAME]));
        return named ? new String(line, 0, NAME, StandardCharsets.ISO_8859_1) : "";
    }

    private IOException tooLong() {
        return new IOException("The file holds a message of more than " + mostBytes + " bytes");
    }
}
