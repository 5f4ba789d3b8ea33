package org.ehrhub.benchmarks.overhead;

import java.io.IOException;

/** One connection that reads patients, for one thread. */
interface PatientRead extends AutoCloseable {
    /**
     * Reads a patient and looks whether it is the one.
     *
     * @throws Exception when it is not, or there was no answer
     */
    void read(String id) throws Exception;

    @Override
    default void close() throws IOException {}
}
