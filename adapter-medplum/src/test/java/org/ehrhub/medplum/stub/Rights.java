package org.ehrhub.medplum.stub;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What one session may do: the AccessPolicy of whom it acts as, and the SMART scopes of its token. */
final class Rights {
    private static final Map<String, Character> LETTERS =
            Map.of("create", 'c', "read", 'r', "update", 'u', "delete", 'd', "search", 's');
    private static final Set<String> READS = Set.of("read", "search");

    private final Session session;

    private Rights(Session session) {
        this.session = session;
    }

    static Rights of(Session session) {
        return new Rights(session);
    }

    /** Refuses with 403 what may not be done with any resource of the type: read, search, create, update or delete. */
    void need(String action, String type) {
        if (!may(action, type)) {
            throw Refused.forbidden();
        }
    }

    boolean may(String action, String type) {
        return allowedByPolicy(action, type) && allowedByScope(action, type);
    }

    /** The search that a resource of the type must fit, as in {@code address-state=TX}. */
    Optional<String> criteria(String type) {
        return rule(type)
                .map(rule -> Json.text(rule, "criteria"))
                .filter(criteria -> criteria.contains("?"))
                .map(criteria -> criteria.substring(criteria.indexOf('?') + 1));
    }

    List<String> hiddenFields(String type) {
        return fields(type, "hiddenFields");
    }

    List<String> readonlyFields(String type) {
        return fields(type, "readonlyFields");
    }

    private List<String> fields(String type, String kind) {
        return rule(type).map(rule -> Json.texts(rule.path(kind)).toList()).orElse(List.of());
    }

    private boolean allowedByPolicy(String action, String type) {
        if (session.acting().policy() == null) {
            return true;
        }
        return rule(type)
                .filter(rule -> READS.contains(action) || !rule.path("readonly").asBoolean(false))
                .filter(rule -> !rule.has("interaction")
                        || Json.texts(rule.path("interaction")).anyMatch(action::equals))
                .isPresent();
    }

    private Optional<JsonNode> rule(String type) {
        var policy = session.acting().policy();
        return policy == null
                ? Optional.empty()
                : Json.items(policy.path("resource"))
                        .filter(rule -> Set.of(type, "*").contains(Json.type(rule)))
                        .findFirst();
    }

    private boolean allowedByScope(String action, String type) {
        var smart = List.of(session.scope().split(" ", -1)).stream()
                .filter(scope -> scope.matches("(system|user)/.+\\..+"))
                .toList();
        return smart.isEmpty() || smart.stream().anyMatch(scope -> grants(scope, action, type));
    }

    private static boolean grants(String scope, String action, String type) {
        var parts = scope.substring(scope.indexOf('/') + 1).split("[.?]", 3);
        return Set.of(type, "*").contains(parts[0]) && parts[1].indexOf(LETTERS.getOrDefault(action, 'r')) >= 0;
    }
}
