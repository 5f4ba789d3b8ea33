package org.ehrhub.testehr.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.ehrhub.testehr.TestEhrProcess;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test the FHIR base URL of one HAPI JPA server, started at first use and stopped after the last test. */
public final class HapiJpaServer implements ParameterResolver {
    private static final Namespace HERE = Namespace.create(HapiJpaServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == URI.class;
    }

    @Override
    public URI resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(HERE)
                .computeIfAbsent(TestEhrProcess.class, key -> start(), TestEhrProcess.class)
                .baseUrl();
    }

    private static TestEhrProcess start() {
        try {
            return TestEhrProcess.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the test EHR starts", e);
        }
    }
}
