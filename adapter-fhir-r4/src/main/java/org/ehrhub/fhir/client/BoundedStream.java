package org.ehrhub.fhir.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.time.InstantSource;

/** A stream that ends in a failure after so many bytes, and after a time however slowly it comes. */
final class BoundedStream extends FilterInputStream {
    private final Instant until;
    private final InstantSource clock;
    private long left;

    BoundedStream(InputStream in, long most, Instant until, InstantSource clock) {
        super(in);
        this.left = most;
        this.until = until;
        this.clock = clock;
    }

    @Override
    public int read() throws IOException {
        return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        return counted(read, read);
    }

    /** Skipped bytes would not be counted. */
    @Override
    public long skip(long bytes) throws IOException {
        return readNBytes((int) Math.min(bytes, Short.MAX_VALUE)).length;
    }

    /** Left open: to close an answer is to read it to its end. Its connection is closed with the answer. */
    @Override
    public void close() {}

    private int counted(int result, int bytes) throws IOException {
        if (result < 0) {
            return result;
        }
        left -= bytes;
        if (left < 0) {
            throw new AnswerTooLargeException();
        }
        if (clock.instant().isAfter(until)) {
            throw new SocketTimeoutException("The answer came too slowly");
        }
        return result;
    }
}
