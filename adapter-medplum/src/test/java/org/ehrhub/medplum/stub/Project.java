package org.ehrhub.medplum.stub;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The one project of the stub: its features, clients and users. */
public final class Project {
    private static final Duration HOUR = Duration.ofHours(1);

    private final String id = UUID.randomUUID().toString();
    private final Set<String> features = new CopyOnWriteArraySet<>(Set.of("bots", "transaction-bundles"));
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, Member> users = new ConcurrentHashMap<>();

    Project() {}

    /** The id of the Project. */
    public String id() {
        return id;
    }

    /** Turns a project feature on or off, such as {@code bots} or {@code transaction-bundles}; both are on at first. */
    public void feature(String name, boolean on) {
        if (on) {
            features.add(name);
        } else {
            features.remove(name);
        }
    }

    boolean has(String feature) {
        return features.contains(feature);
    }

    /** A client with all rights that is no project admin. */
    public Client client(String name) {
        return added(name, false, null);
    }

    /** A client that is a project admin, as on-behalf-of and making bots need. */
    public Client admin(String name) {
        return added(name, true, null);
    }

    /** A client with an AccessPolicy, given as its JSON. */
    public Client limited(String name, String policy) {
        return added(name, false, Json.object(policy));
    }

    /** How long the client's tokens are good from now on. */
    public void lifetime(Client client, Duration lifetime) {
        change(client, old -> new Account(old.client(), old.member(), lifetime, old.jwks()));
    }

    /** Where the client's public keys are, for {@code private_key_jwt}. */
    public void jwks(Client client, URI address) {
        change(client, old -> new Account(old.client(), old.member(), old.lifetime(), address));
    }

    Member user(String profile, String display, @Nullable ObjectNode policy) {
        var member = Member.of(profile, display, false, policy);
        users.put(profile, member);
        return member;
    }

    Optional<Account> account(String client) {
        return Optional.ofNullable(accounts.get(client));
    }

    Optional<Member> ofProfile(String profile) {
        return Optional.ofNullable(users.get(profile));
    }

    Optional<Member> ofId(String membership) {
        return users.values().stream()
                .filter(user -> user.id().equals(membership))
                .findFirst();
    }

    ObjectNode resource() {
        var found = Json.resource("Project").put("id", id).put("name", "Stub Project");
        if (!features.isEmpty()) {
            var names = found.putArray("features");
            features.stream().sorted().forEach(names::add);
        }
        return found.put("strictMode", true);
    }

    private Client added(String name, boolean admin, @Nullable ObjectNode policy) {
        var client = new Client(
                UUID.randomUUID().toString(), UUID.randomUUID().toString().replace("-", ""), name);
        var member = Member.of(client.reference(), name, admin, policy);
        accounts.put(client.id(), new Account(client, member, HOUR, null));
        return client;
    }

    private void change(Client client, UnaryOperator<Account> next) {
        accounts.computeIfPresent(client.id(), (id, old) -> next.apply(old));
    }
}
