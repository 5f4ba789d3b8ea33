package org.ehrhub.fhir.client;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** An assertion that the hub signs with a key of its own (SMART App Launch 2.2, Backend Services; RFC 7523). */
final class SignedProof implements Proof {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** The standard allows five minutes; less leaves room for clocks that differ. */
    private static final Duration LIFE = Duration.ofMinutes(2);

    private final String id;
    private final ClientKeys keys;
    private final UnaryOperator<URI> audience;
    private final InstantSource clock;

    /**
     * Assertions of one client.
     *
     * @param audience whom an assertion that goes to a token endpoint is for
     */
    SignedProof(String id, ClientKeys keys, UnaryOperator<URI> audience, InstantSource clock) {
        this.id = id;
        this.keys = keys;
        this.audience = audience;
        this.clock = clock;
    }

    @Override
    public void sign(Form form, URI tokenUrl) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(id)
                .subject(id)
                .audience(audience.apply(tokenUrl).toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        form.add("client_assertion_type", TYPE).add("client_assertion", keys.signed(claims));
    }

    @Override
    public Optional<String> publicKeys() {
        return Optional.of(keys.publicSet());
    }
}
