package org.ehrhub.medplum.live;

import java.net.URI;
import org.ehrhub.medplum.stub.Clinic;
import org.ehrhub.medplum.stub.MedplumStub;

/**
 * The Medplum that a test talks to. Tests that ask it for what a live server cannot give, or was not told of, are skipped
 * there, and say why.
 */
public sealed interface MedplumUnderTest extends AutoCloseable permits StubbedMedplum, LiveMedplum {
    /** The live one where {@code ./check medplum} runs the tests, else a stub of its own for each call. */
    static MedplumUnderTest open() {
        return Boolean.getBoolean("medplum.live") ? LiveMedplum.ofEnvironment() : StubbedMedplum.start();
    }

    /** Whether it is a server that others may use too. */
    boolean isLive();

    /** Its base URL, with a slash at the end. */
    URI base();

    /** Its FHIR service base URL, with a slash at the end. */
    default URI fhir() {
        return base().resolve("fhir/R4/");
    }

    /** Skips the test on a live server older than a version such as {@code 5.1}; the stub answers as 5.1.12 does. */
    void since(String version);

    /** The client that the tests log in with. */
    String clientId();

    /** Its secret. */
    String clientSecret();

    /** Plain HTTP to it as that client. */
    MedplumHttp http();

    /** Creates a resource, given as JSON, which is gone again at the end; its reference, as in {@code Patient/1}. */
    String create(String resource);

    /** Puts in services, schedules and people. */
    default Clinic clinic() {
        return new Clinic(this::create);
    }

    /** The id of a bot that does what {@code modes.js} says; skips the test where a live server has none. */
    String bot();

    /** An agent that is connected, and gone again at the end. */
    ConnectedAgent agent();

    /** The stub with its knobs; skips the test on a live server. */
    MedplumStub stub();

    @Override
    void close();
}
