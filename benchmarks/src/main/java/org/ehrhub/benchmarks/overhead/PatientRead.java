package org.ehrhub.benchmarks.overhead;

/** One way to read a patient. */
@FunctionalInterface
interface PatientRead {
    /**
     * Reads a patient and looks whether it is the one.
     *
     * @throws Exception when it is not, or there was no answer
     */
    void read(String id) throws Exception;
}
