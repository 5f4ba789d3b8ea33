package org.ehrhub.medplum.stub;

/** One request that reached the stub, with the status and the body of its answer, which may have been lost. */
public record Heard(Asked asked, int status, String answer) {
    /** Whether it was this method and path, as in {@code POST /fhir/R4/Appointment/$book}. */
    public boolean is(String line) {
        return asked.line().equals(line);
    }
}
