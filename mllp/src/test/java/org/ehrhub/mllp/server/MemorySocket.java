package org.ehrhub.mllp.server;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Iterator;
import java.util.List;

/** A connection without a network: its bytes come in the pieces that are given, and what is written is kept. */
final class MemorySocket extends Socket {
    /** A piece that stands for a pause. */
    static final byte[] PAUSE = {};

    private static final SocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final Iterator<byte[]> pieces;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream(1024);
    private int timeout;
    private boolean closed;

    MemorySocket(List<byte[]> pieces) {
        this.pieces = pieces.iterator();
    }

    byte[] written() {
        return written.toByteArray();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public InputStream getInputStream() {
        return new Pieces();
    }

    @Override
    public OutputStream getOutputStream() {
        return written;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return PEER;
    }

    @Override
    public void setSoTimeout(int millis) {
        timeout = millis;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void shutdownInput() {}

    @Override
    public synchronized void close() {
        closed = true;
    }

    /** The pieces in turn. */
    private final class Pieces extends InputStream {
        @Override
        public int read() {
            throw new UnsupportedOperationException("It is read in pieces");
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws SocketTimeoutException {
            while (pieces.hasNext()) {
                var piece = pieces.next();
                if (piece.length > 0) {
                    System.arraycopy(piece, 0, buffer, from, piece.length);
                    return piece.length;
                }
                if (timeout > 0) {
                    throw new SocketTimeoutException();
                }
            }
            return -1;
        }
    }
}
