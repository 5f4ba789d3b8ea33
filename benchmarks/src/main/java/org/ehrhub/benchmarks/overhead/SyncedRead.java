package org.ehrhub.benchmarks.overhead;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What no durable record can be had without: the same read, and as many bytes as a record has, written to a file of a fixed
 * length and on the disk before it returns. For one caller.
 */
final class SyncedRead implements PatientRead, AutoCloseable {
    private static final int BYTES_OF_A_RECORD = 600;
    private static final int BYTES = 1000 * BYTES_OF_A_RECORD;

    private final PatientRead read;
    private final FileChannel file;
    private int turn;

    SyncedRead(PatientRead read, Path path) throws IOException {
        this.read = read;
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        file.write(ByteBuffer.allocate(BYTES));
        file.force(true);
    }

    @Override
    public void read(String id) throws Exception {
        read.read(id);
        file.write(ByteBuffer.allocate(BYTES_OF_A_RECORD), turn);
        file.force(false);
        turn = (turn + BYTES_OF_A_RECORD) % BYTES;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
