package org.ehrhub.server.login;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.server.config.LoginSettings;
import org.ehrhub.server.config.LoginSettings.Dpop;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Risk;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What clients are told about how to log in (RFC 9728, RFC 6750, MCP Authorization), from the configuration alone. */
final class Challenges {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final String MCP = "/mcp";
    private static final String PROOF_ALGORITHMS = "ES256 ES384 ES512 RS256 RS384 RS512 PS256 PS384 PS512";

    private final LoginSettings settings;

    Challenges(LoginSettings settings) {
        this.settings = settings;
    }

    /** The scopes a call of this tool needs. */
    Set<String> needed(CanonicalTool<?, ?> tool) {
        var scopes = settings.scopes();
        var reads = tool.risk() == Risk.READ;
        var highImpact = tool.risk() == Risk.HIGH_IMPACT ? scopes.highImpact() : Set.<String>of();
        return joined(Stream.of(scopes.always(), reads ? scopes.reads() : scopes.writes(), highImpact));
    }

    /** What to ask for at the beginning: enough to read. */
    private Set<String> first() {
        return joined(Stream.of(settings.scopes().always(), settings.scopes().reads()));
    }

    /** The values of {@code WWW-Authenticate} for a token that does not do. */
    List<String> refused(LoginRefused why) {
        var bearer = challenge("Bearer", why.code() == null || isProof(why) ? null : why.code(), why.words(), first());
        var dpop = challenge("DPoP", why.code(), why.words(), Set.of()) + ", algs=\"" + PROOF_ALGORITHMS + "\"";
        var bound = settings.issuers().stream().allMatch(issuer -> issuer.dpop() == Dpop.REQUIRED);
        if (bound || isProof(why)) {
            return bound ? List.of(dpop) : List.of(dpop, bearer);
        }
        return List.of(bearer);
    }

    private static boolean isProof(LoginRefused why) {
        return "invalid_dpop_proof".equals(why.code());
    }

    /** The value of {@code WWW-Authenticate} for a token that was not granted enough. */
    List<String> insufficient(Set<String> needed) {
        return List.of(challenge("Bearer", "insufficient_scope", "The call needs more than was granted.", needed));
    }

    private String challenge(String scheme, @Nullable String error, String words, Set<String> scopes) {
        var parts = new LinkedHashMap<String, String>();
        if (error != null) {
            parts.put("error", error);
            parts.put("error_description", words);
        }
        if (!scopes.isEmpty()) {
            parts.put("scope", String.join(" ", scopes));
        }
        parts.put("resource_metadata", metadataAddress());
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "=\"" + part.getValue() + "\"")
                .collect(Collectors.joining(", ", scheme + " ", ""));
    }

    /** The metadata, at the root and with the path of the resource behind it (RFC 9728 section 3.1). */
    Map<String, String> documents() {
        var metadata = metadata();
        return Stream.of("", path(), MCP)
                .distinct()
                .collect(Collectors.toMap(path -> WELL_KNOWN + path, path -> metadata));
    }

    private String metadata() {
        var json = JsonMapper.builder().build();
        var metadata = json.createObjectNode();
        metadata.put("resource", settings.resource().toString());
        var issuers = metadata.putArray("authorization_servers");
        settings.issuers().stream().map(issuer -> issuer.issuer().toString()).forEach(issuers::add);
        var scopes = settings.scopes();
        var all = joined(Stream.of(scopes.always(), scopes.reads(), scopes.writes(), scopes.highImpact()));
        if (!all.isEmpty()) {
            var supported = metadata.putArray("scopes_supported");
            all.forEach(supported::add);
        }
        metadata.putArray("bearer_methods_supported").add("header");
        var algorithms = metadata.putArray("dpop_signing_alg_values_supported");
        Stream.of(PROOF_ALGORITHMS.split(" ")).forEach(algorithms::add);
        metadata.put("resource_name", "EHR Hub");
        return json.writeValueAsString(metadata);
    }

    private String metadataAddress() {
        var resource = settings.resource();
        return resource.getScheme() + "://" + resource.getRawAuthority() + WELL_KNOWN + path();
    }

    private String path() {
        URI resource = settings.resource();
        return "/".equals(resource.getRawPath()) ? "" : resource.getRawPath();
    }

    private static Set<String> joined(Stream<Set<String>> sets) {
        return sets.flatMap(set -> set.stream().sorted()).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
