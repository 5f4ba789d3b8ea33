package org.ehrhub.medplum.stub;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The token endpoint and its neighbours under {@code /oauth2}: RFC 6749 with Medplum's words, every refusal a 400. */
final class TokenDesk {
    private static final Set<String> OTHER_GRANTS =
            Set.of("authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange");
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Places places;
    private final Project project;
    private final Logins logins;
    private final ClientAssertions assertions;

    TokenDesk(Places places, Project project, Logins logins) {
        this.places = places;
        this.project = project;
        this.logins = logins;
        this.assertions = new ClientAssertions(project, places);
    }

    /** A refusal in the words of RFC 6749. */
    static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Declined(String description) {
            super(description);
        }
    }

    Said answer(Asked asked) {
        return switch (asked.line()) {
            case "POST /oauth2/token" -> token(asked);
            case "POST /oauth2/introspect" ->
                introspected(asked.parameter("token").orElse(""));
            case "GET /oauth2/userinfo" ->
                Said.json(
                        200,
                        Json.object()
                                .put(
                                        "sub",
                                        logins.session(asked).account().client().id()));
            case "POST /oauth2/logout" -> loggedOut(asked);
            default -> Said.nothingThere(asked);
        };
    }

    private Said token(Asked asked) {
        logins.called();
        if (!asked.contentType().startsWith("application/x-www-form-urlencoded")) {
            return Said.of(400, "text/html; charset=utf-8", "Unsupported content type");
        }
        try {
            return Said.json(200, granted(asked));
        } catch (Declined e) {
            return Said.json(
                    400, Json.object().put("error", "invalid_request").put("error_description", e.getMessage()));
        }
    }

    private ObjectNode granted(Asked asked) {
        var grant = asked.parameter("grant_type").orElse("");
        if (grant.isEmpty()) {
            throw new Declined("Missing grant_type");
        }
        if (!grant.equals("client_credentials")) {
            throw new Declined(OTHER_GRANTS.contains(grant) ? "Invalid token" : "Unsupported grant_type");
        }
        var account = asked.parameter("client_assertion_type")
                        .filter(ASSERTION::equals)
                        .isPresent()
                ? assertions.account(asked.parameter("client_assertion").orElse(""))
                : bySecret(asked);
        return answer(account, asked.parameter("scope").orElse("openid"));
    }

    private Account bySecret(Asked asked) {
        var header = asked.header("Authorization").filter(value -> value.startsWith("Basic "));
        var pair = header.map(
                value -> Logins.decoded(value.substring("Basic ".length())).split(":", 2));
        var id = pair.map(parts -> parts[0]).or(() -> asked.parameter("client_id"));
        var secret = pair.filter(parts -> parts.length > 1)
                .map(parts -> parts[1])
                .or(() -> asked.parameter("client_secret"));
        if (id.isEmpty()) {
            throw new Declined("Missing client_id");
        }
        if (secret.filter(value -> !value.isEmpty()).isEmpty()) {
            throw new Declined("Missing client_secret");
        }
        var account = id.flatMap(project::account).orElseThrow(() -> new Declined("Invalid client"));
        if (!account.client().secret().equals(secret.get())) {
            throw new Declined("Invalid secret");
        }
        return account;
    }

    private ObjectNode answer(Account account, String scope) {
        var token = logins.issue(account, scope);
        var answer = Json.object()
                .put("token_type", "Bearer")
                .put("expires_in", account.lifetime().toSeconds())
                .put("scope", scope)
                .put("id_token", token)
                .put("access_token", token);
        answer.set("project", Json.reference("Project/" + project.id()));
        answer.set("profile", account.member().reference());
        return answer.put("smart_style_url", places.fhir() + ".well-known/smart-styles.json")
                .put("need_patient_banner", false);
    }

    private Said introspected(String token) {
        var grant = logins.grant(token);
        var answer = Json.object().put("active", grant.isPresent());
        grant.ifPresent(known -> answer.put("iat", known.issued().getEpochSecond())
                .put("exp", known.expires().getEpochSecond())
                .put("iss", places.base().toString())
                .put("sub", known.account().client().id())
                .put("client_id", known.account().client().id())
                .put("scope", known.scope()));
        return Said.json(200, answer);
    }

    private Said loggedOut(Asked asked) {
        logins.session(asked);
        Optional<String> token = asked.header("Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring("Bearer ".length()));
        token.ifPresent(logins::revoke);
        return Said.outcome(Outcomes.ok(), asked);
    }
}
