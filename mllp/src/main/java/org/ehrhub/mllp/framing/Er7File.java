package org.ehrhub.mllp.framing;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/**
 * A file that is being written: one batch of messages, each byte for byte, with its number in the trailer (HL7 v2.5.1, 2.10.3). A
 * message whose last segment has no end gets one.
 */
public final class Er7File implements Closeable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ", Locale.ROOT);

    private final OutputStream out;
    private int messages;

    private Er7File(OutputStream out) {
        this.out = out;
    }

    /** Begins a file with its headers. */
    public static Er7File begin(OutputStream out, InstantSource clock) throws IOException {
        var file = new Er7File(out);
        var header = "|^~\\&|EHR-HUB||||" + TIME.format(clock.instant().atOffset(ZoneOffset.UTC)) + '\r';
        file.write("FHS" + header + "BHS" + header);
        return file;
    }

    /**
     * Adds a message.
     *
     * @throws IllegalArgumentException when it could not be told apart from its neighbours when the file is read
     */
    public void add(byte[] message) throws IOException {
        var whole = isEnded(message) ? message : Arrays.copyOf(message, message.length + 1);
        if (whole.length > message.length) {
            whole[message.length] = '\r';
        }
        if (!isReadAsItself(whole)) {
            throw new IllegalArgumentException("This is not one message, and cannot be kept in a file of messages");
        }
        out.write(whole);
        messages++;
    }

    private static boolean isReadAsItself(byte[] message) {
        var read = Er7Messages.of(new ByteArrayInputStream(message), message.length);
        try {
            return read.hasNext() && Arrays.equals(read.next(), message) && !read.hasNext();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static boolean isEnded(byte[] message) {
        return message.length > 0 && (message[message.length - 1] == '\r' || message[message.length - 1] == '\n');
    }

    /** Ends the file with its trailers; a file without them is not whole. */
    public void end() throws IOException {
        write("BTS|" + messages + "\rFTS|1\r");
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Closes what is written to. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
