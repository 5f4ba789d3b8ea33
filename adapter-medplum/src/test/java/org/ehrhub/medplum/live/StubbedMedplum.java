package org.ehrhub.medplum.live;

import java.net.URI;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.medplum.stub.ModesBot;

/** The stub as the Medplum under test. */
record StubbedMedplum(MedplumStub stub, MedplumHttp http) implements MedplumUnderTest {
    static StubbedMedplum start() {
        var stub = MedplumStub.start();
        return new StubbedMedplum(
                stub,
                new MedplumHttp(stub.base(), stub.client().id(), stub.client().secret()));
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public URI base() {
        return stub.base();
    }

    @Override
    public String clientId() {
        return stub.client().id();
    }

    @Override
    public String clientSecret() {
        return stub.client().secret();
    }

    @Override
    public void since(String version) {
        // The stub is as new as any.
    }

    @Override
    public String create(String resource) {
        return stub.put(resource);
    }

    @Override
    public String bot() {
        return stub.bots().add("modes", new ModesBot());
    }

    @Override
    public ConnectedAgent agent() {
        var device = stub.agents().device(ConnectedAgent.ADDRESS);
        return new ConnectedAgent(
                stub.agents().add("site"),
                device.replaceFirst("^Device/", ""),
                stub.agents().receiver(ConnectedAgent.ADDRESS));
    }

    @Override
    public void close() {
        http.close();
        stub.close();
    }
}
