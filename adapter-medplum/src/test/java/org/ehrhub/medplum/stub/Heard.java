package org.ehrhub.medplum.stub;

/** One request that reached the stub, and the status that it answered with; the answer may have been lost. */
public record Heard(Asked asked, int status) {
    /** Whether it was this method and path, as in {@code POST /fhir/R4/Appointment/$book}. */
    public boolean is(String line) {
        return asked.line().equals(line);
    }
}
