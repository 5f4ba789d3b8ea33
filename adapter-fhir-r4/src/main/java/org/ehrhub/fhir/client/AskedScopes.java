package org.ehrhub.fhir.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ehrhub.fhir.Auth.ScopeVersion;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that the hub asks a login server for (SMART App Launch 2.2, Scopes): word for word those of the settings, else
 * as few as the registered tools need, else none.
 */
final class AskedScopes {
    static final AskedScopes NONE = new AskedScopes(null, null, "system/", "");

    private final @Nullable String words;
    private final @Nullable ScopeVersion version;
    private final String level;
    private final String also;
    private volatile List<Needs.Need> needs = List.of();

    private AskedScopes(@Nullable String words, @Nullable ScopeVersion version, String level, String also) {
        this.words = words;
        this.version = version;
        this.level = level;
        this.also = also;
    }

    /** What the hub asks for itself; nothing unless words or a version are given. */
    static AskedScopes ofSystem(@Nullable String words, @Nullable ScopeVersion version) {
        return new AskedScopes(words, version, "system/", "");
    }

    /** What it asks for a user: what renews the login, too (SMART App Launch 2.2, Scopes for requesting a refresh token). */
    static AskedScopes ofUser(@Nullable String words, ScopeVersion version) {
        return new AskedScopes(words, version, "user/", "offline_access ");
    }

    /** Sets what the registered tools need, before the first token is fetched. */
    void cover(Collection<Needs.Need> needed) {
        needs = List.copyOf(needed);
    }

    /** The scopes with spaces between; empty for none. */
    String words() {
        if (words != null) {
            return words;
        }
        if (version == null) {
            return "";
        }
        var rights = new TreeMap<String, TreeSet<Right>>();
        for (var need : needs) {
            if (!need.type().isEmpty()) {
                rights.computeIfAbsent(need.type(), type -> new TreeSet<>()).addAll(Right.of(need));
            }
        }
        var scopes = new ArrayList<String>();
        rights.forEach((type, own) -> scopes.addAll(version == ScopeVersion.V1 ? v1(type, own) : v2(type, own)));
        return also + String.join(" ", scopes);
    }

    private List<String> v1(String type, SequencedSet<Right> rights) {
        var scopes = new ArrayList<String>();
        if (rights.stream().anyMatch(Right::reads)) {
            scopes.add(level + type + ".read");
        }
        if (!rights.stream().allMatch(Right::reads)) {
            scopes.add(level + type + ".write");
        }
        return scopes;
    }

    private List<String> v2(String type, SequencedSet<Right> rights) {
        var letters = new StringBuilder();
        rights.forEach(right -> letters.append(right.letter()));
        return List.of(level + type + "." + letters);
    }
}
