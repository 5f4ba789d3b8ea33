package org.ehrhub.medplum.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.BackgroundReading;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.OwnCalls;
import org.ehrhub.fhir.client.OwnRequest;
import org.ehrhub.tools.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the hub knows of the project that it is logged in to, and of the address by which the server calls itself. It is read
 * in the background: when the server is probed or something hangs on it, again each hour, and a minute later where it could
 * not be had.
 */
final class MedplumProject {
    private static final Logger LOG = LoggerFactory.getLogger(MedplumProject.class);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final String JSON = "application/json";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final URI base;
    private final InstantSource clock;
    private final AtomicReference<@Nullable FhirServer> server = new AtomicReference<>();
    private final BackgroundReading reading;
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable ProjectFacts facts;
    private volatile @Nullable URI ownBase;

    MedplumProject(URI base, InstantSource clock) {
        this.base = base;
        this.clock = clock;
        this.reading = new BackgroundReading("medplum-project", clock, this::read);
    }

    /** Asks this server from now on. */
    void on(FhirServer asked) {
        server.set(asked);
    }

    /** What is known; where it is old, begins to read it anew. */
    Optional<ProjectFacts> known() {
        reading.renew();
        return Optional.ofNullable(facts);
    }

    /** What is known once it was read, which is waited for a while where nothing is known. */
    Optional<ProjectFacts> learned(Duration wait) {
        if (server.get() != null) {
            reading.learn(facts == null ? wait : Duration.ZERO);
        }
        return Optional.ofNullable(facts);
    }

    /** The address that the server calls its own, where it has said so. */
    Optional<URI> ownBase() {
        return Optional.ofNullable(ownBase);
    }

    /** A number that is another one after each change. */
    long changes() {
        return changes.get();
    }

    private boolean read() {
        var asked = Objects.requireNonNull(server.get());
        try {
            var read = whole(asked, ProjectFacts.read(answer(asked, "/auth/me")));
            if (!read.equals(Optional.ofNullable(facts))) {
                facts = read.orElse(null);
                changes.incrementAndGet();
            }
            ownBase = issuer(answer(asked, "/.well-known/openid-configuration")).orElse(null);
            return read.isPresent();
        } catch (EhrFailure | IOException e) {
            LOG.info("what the project of {} can do could not be read", asked.ehr());
        } catch (IllegalStateException e) {
            LOG.debug("the connections to {} were closed meanwhile", asked.ehr());
        }
        return false;
    }

    /** Servers before 5.1 say nothing of the features there, but in the project itself. */
    private Optional<ProjectFacts> whole(FhirServer asked, Optional<ProjectFacts> read) throws IOException {
        if (read.isEmpty()
                || !read.get().features().isEmpty()
                || !ID.matcher(read.get().id()).matches()) {
            return read;
        }
        try {
            return Optional.of(
                    read.get().of(answer(asked, "/fhir/R4/Project/" + read.get().id())));
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.DENIED) {
                return read; // nothing that could be known says that it has any
            }
            throw e;
        }
    }

    /** Nothing, where the server refuses to answer. */
    private byte[] answer(FhirServer asked, String path) {
        var call = OwnCalls.of("project", clock.instant().plus(LONGEST));
        var answer = asked.ask(OwnRequest.get(URI.create(base + path), JSON), call);
        return answer.good() ? answer.content().bytes() : new byte[0];
    }

    private static Optional<URI> issuer(byte[] answer) throws IOException {
        try (var parser = new JsonFactory().createParser(answer)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = parser.currentName().equals("issuer");
                parser.nextToken();
                if (named) {
                    return address(parser.getValueAsString(""));
                }
                parser.skipChildren();
            }
        }
        return Optional.empty();
    }

    private static Optional<URI> address(String text) {
        try {
            var address = new URI(text.replaceAll("/+$", ""));
            return Optional.of(address).filter(one -> one.getScheme() != null && one.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
