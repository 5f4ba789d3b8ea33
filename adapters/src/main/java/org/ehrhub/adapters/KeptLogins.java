package org.ehrhub.adapters;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the hub keeps what its users' logins to EHRs are renewed with (refresh tokens, RFC 6749, 1.5), sealed at rest. Safe for
 * use by many threads, and by several hubs on one store.
 */
public interface KeptLogins {
    /** What a user's login to an EHR is renewed with; empty where the user has not logged in. */
    Optional<Secret> find(String ehr, String principal);

    /** Keeps it in the place of what was kept before. */
    void keep(String ehr, String principal, Secret refreshToken);

    /** Ends a user's login. */
    void forget(String ehr, String principal);

    /** Logins that end with the process. */
    static KeptLogins inMemory() {
        Map<List<String>, Secret> kept = new ConcurrentHashMap<>();
        return new KeptLogins() {
            @Override
            public Optional<Secret> find(String ehr, String principal) {
                return Optional.ofNullable(kept.get(List.of(ehr, principal)));
            }

            @Override
            public void keep(String ehr, String principal, Secret refreshToken) {
                kept.put(List.of(ehr, principal), refreshToken);
            }

            @Override
            public void forget(String ehr, String principal) {
                kept.remove(List.of(ehr, principal));
            }
        };
    }
}
