package org.ehrhub.medplum.stub;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who is logged in: the tokens that were given out, and whose they are. */
public final class Logins {
    private static final String BEHALF = "X-Medplum-On-Behalf-Of";

    private final Project project;
    private final Clock clock;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final AtomicInteger tokenCalls = new AtomicInteger();

    Logins(Project project, Clock clock) {
        this.project = project;
        this.clock = clock;
    }

    /** A token that was given out. */
    record Grant(Account account, String scope, Instant issued, Instant expires) {}

    /** How many calls the token endpoint has had. */
    public int tokenCalls() {
        return tokenCalls.get();
    }

    /** Makes every token that was given out worthless. */
    public void revokeAll() {
        grants.clear();
    }

    void revoke(String token) {
        grants.remove(token);
    }

    void called() {
        tokenCalls.incrementAndGet();
    }

    String issue(Account account, String scope) {
        var now = clock.instant();
        var token = String.join(
                ".",
                part("{\"alg\":\"ES256\",\"typ\":\"JWT\"}"),
                part("{\"sub\":\"" + account.client().id() + "\",\"jti\":\"" + UUID.randomUUID() + "\"}"),
                part(UUID.randomUUID().toString()));
        grants.put(token, new Grant(account, scope, now, now.plus(account.lifetime())));
        return token;
    }

    Optional<Grant> grant(String token) {
        return Optional.ofNullable(grants.get(token))
                .filter(grant -> clock.instant().isBefore(grant.expires()));
    }

    /** Who asks; refused with 401 or, where the client may not act for the user it names, with 400. */
    Session session(Asked asked) {
        var header = asked.header("Authorization").orElse("");
        var grant = (header.startsWith("Basic ") ? basic(header) : bearer(header)).orElseThrow(Refused::unauthorized);
        var own = grant.account().member();
        var acting = asked.header(BEHALF).map(user -> actingFor(user, own)).orElse(own);
        return new Session(grant.account(), acting, grant.scope());
    }

    /** The client that an Authorization header of the kind {@code Basic} names, with the right secret. */
    Optional<Grant> basic(String header) {
        var pair = decoded(header.substring("Basic ".length())).split(":", 2);
        return project.account(pair[0])
                .filter(account -> pair.length > 1 && account.client().secret().equals(pair[1]))
                .map(account -> new Grant(account, "", clock.instant(), Instant.MAX));
    }

    private Optional<Grant> bearer(String header) {
        return header.startsWith("Bearer ") ? grant(header.substring("Bearer ".length())) : Optional.empty();
    }

    private Member actingFor(String user, Member own) {
        if (!own.admin()) {
            throw Refused.onBehalf("Forbidden");
        }
        var membership = "ProjectMembership/";
        return user.startsWith(membership)
                ? project.ofId(user.substring(membership.length())).orElseThrow(() -> Refused.onBehalf("Not found"))
                : project.ofProfile(user).orElseThrow(() -> Refused.onBehalf("Forbidden"));
    }

    static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refused.unauthorized();
        }
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
