package org.ehrhub.fhir.client;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a login server granted (SMART App Launch 2.2, Scopes), as far as its words are SMART's. */
final class GrantedScopes {
    private static final Pattern SCOPE = Pattern.compile(
            "(?:patient|user|system)/([A-Z][A-Za-z]+|\\*)\\.(read|write|\\*|(?=[cruds])c?r?u?d?s?)(?:\\?.*)?");
    private static final String ANY = "*";

    private final Map<String, Set<Right>> rights = new HashMap<>();

    private GrantedScopes() {}

    static GrantedScopes of(String words) {
        var granted = new GrantedScopes();
        for (var word : words.split("\\s+", -1)) {
            var scope = SCOPE.matcher(word);
            if (scope.matches()) {
                granted.rights
                        .computeIfAbsent(scope.group(1), type -> EnumSet.noneOf(Right.class))
                        .addAll(rights(scope.group(2)));
            }
        }
        return granted;
    }

    /** Why a need is not met; empty where it is, and where the grant says nothing of FHIR. */
    Optional<String> unmet(Needs.Need need) {
        var needed = needed(need);
        if (rights.isEmpty() || needed.isEmpty() || has(need.type(), needed.get())) {
            return Optional.empty();
        }
        return Optional.of(
                "The EHR's login server did not let the hub " + words(needed.get()) + " " + need.type() + ".");
    }

    private boolean has(String type, Right right) {
        return rights.getOrDefault(type, Set.of()).contains(right)
                || rights.getOrDefault(ANY, Set.of()).contains(right);
    }

    private static Optional<Right> needed(Needs.Need need) {
        return switch (need.word()) {
            case "read" -> Optional.of(Right.READ);
            case "search-type" -> Optional.of(Right.SEARCH);
            case "create" -> Optional.of(Right.CREATE);
            case "update", "patch" -> Optional.of(Right.UPDATE);
            case "delete" -> Optional.of(Right.DELETE);
            default -> Optional.empty();
        };
    }

    private static String words(Right right) {
        return right.name().toLowerCase(Locale.ROOT);
    }

    private static Set<Right> rights(String text) {
        return switch (text) {
            case "read" -> EnumSet.of(Right.READ, Right.SEARCH);
            case "write" -> EnumSet.of(Right.CREATE, Right.UPDATE, Right.DELETE);
            case ANY -> EnumSet.allOf(Right.class);
            default -> {
                var found = EnumSet.noneOf(Right.class);
                for (var right : Right.values()) {
                    if (text.contains(right.letter())) {
                        found.add(right);
                    }
                }
                yield found;
            }
        };
    }
}
