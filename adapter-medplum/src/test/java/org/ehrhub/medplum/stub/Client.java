package org.ehrhub.medplum.stub;

/** A ClientApplication and its secret. */
public record Client(String id, String secret, String name) {
    /** Its reference, as in {@code ClientApplication/1}. */
    public String reference() {
        return "ClientApplication/" + id;
    }

    @Override
    public String toString() {
        return reference();
    }
}
