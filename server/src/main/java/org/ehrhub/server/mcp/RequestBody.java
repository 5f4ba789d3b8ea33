package org.ehrhub.server.mcp;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A request whose body was read and checked, to be read once more behind the gate. */
final class RequestBody extends HttpServletRequestWrapper {
    private static final int SKIP = 8192;
    private static final int SKIPPED_LIMITS = 8;

    private final byte[] body;

    RequestBody(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    /** The body, or nothing when it is longer than the limit. */
    static Optional<byte[]> read(HttpServletRequest request, int limit) throws IOException {
        var in = request.getInputStream();
        if (request.getContentLengthLong() <= limit) {
            var body = in.readNBytes(limit + 1);
            if (body.length <= limit) {
                return Optional.of(body);
            }
        }
        if (request.getHeader("Expect") == null) {
            skip(in, (long) limit * SKIPPED_LIMITS);
        }
        return Optional.empty();
    }

    /** Reads on for a while, so that a client that writes before it reads gets to read why it was refused. */
    private static void skip(InputStream in, long most) throws IOException {
        var scrap = new byte[SKIP];
        long left = most;
        int read = 0;
        while (left > 0 && read >= 0) {
            read = in.read(scrap);
            left -= read;
        }
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Bytes(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public String getCharacterEncoding() {
        return StandardCharsets.UTF_8.name();
    }

    @Override
    public int getContentLength() {
        return body.length;
    }

    @Override
    public long getContentLengthLong() {
        return body.length;
    }

    /** The bytes as the servlet API wants them. */
    private static final class Bytes extends ServletInputStream {
        private final ByteArrayInputStream in;

        Bytes(ByteArrayInputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return in.read(into, from, length);
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The body is already here");
        }
    }
}
