package org.ehrhub.medplum.stub;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What Medplum says without a login: health, and where its login is. */
final class Discovery {
    static final String VERSION = "5.1.12-stub";
    private static final String GRANTS =
            "[\"client_credentials\",\"authorization_code\",\"refresh_token\",\"urn:ietf:params:oauth:grant-type:token-exchange\"]";
    private static final String METHODS = "[\"client_secret_basic\",\"client_secret_post\",\"private_key_jwt\"]";
    private static final String SCOPES = "[\"openid\",\"profile\",\"email\",\"phone\",\"address\"]";

    private final Places places;
    private final ECKey key;

    Discovery(Places places) {
        this.places = places;
        try {
            this.key = new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer; none where the address is another one. */
    Optional<Said> answer(Asked asked) {
        if (!asked.method().equals("GET")) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                        switch (asked.path()) {
                            case "/healthcheck" -> health();
                            case "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server" ->
                                openId();
                            case "/.well-known/oauth-protected-resource" -> protectedResource();
                            case "/.well-known/jwks.json" ->
                                Json.object("{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}");
                            case "/.well-known/smart-configuration", "/fhir/R4/.well-known/smart-configuration" ->
                                smart();
                            case "/fhir/R4/$versions" -> Json.object("{\"versions\":[\"4.0\"],\"default\":\"4.0\"}");
                            default -> null;
                        })
                .map(document -> Said.json(200, document));
    }

    private static ObjectNode health() {
        return Json.object()
                .put("ok", true)
                .put("version", VERSION)
                .put("postgres", true)
                .put("redis", true);
    }

    private ObjectNode common(String token) {
        return Json.object()
                .put("issuer", places.base().toString())
                .put("authorization_endpoint", places.base() + "oauth2/authorize")
                .put("token_endpoint", token)
                .put("jwks_uri", places.base() + ".well-known/jwks.json")
                .put("introspection_endpoint", places.base() + "oauth2/introspect")
                .set("grant_types_supported", Json.MAPPER.readTree(GRANTS))
                .set("token_endpoint_auth_methods_supported", Json.MAPPER.readTree(METHODS));
    }

    private ObjectNode openId() {
        var document = common(places.token())
                .put("userinfo_endpoint", places.base() + "oauth2/userinfo")
                .put("registration_endpoint", places.base() + "oauth2/register");
        document.set("scopes_supported", Json.MAPPER.readTree(SCOPES));
        return document;
    }

    private ObjectNode protectedResource() {
        var document = Json.object()
                .put("resource", places.base().toString())
                .put("issuer", places.base().toString())
                .put("introspection_endpoint", places.base() + "oauth2/introspect");
        document.putArray("authorization_servers").add(places.base().toString());
        document.set("scopes_supported", Json.MAPPER.readTree(SCOPES));
        return document;
    }

    private ObjectNode smart() {
        var document = common(places.token());
        document.putArray("token_endpoint_auth_signing_alg_values_supported")
                .add("RS256")
                .add("RS384")
                .add("ES384");
        document.putArray("scopes_supported")
                .add("patient/*.rs")
                .add("user/*.cruds")
                .add("openid")
                .add("fhirUser")
                .add("offline_access");
        document.putArray("capabilities")
                .add("permission-v1")
                .add("permission-v2")
                .add("client-confidential-asymmetric")
                .add("client-confidential-symmetric");
        return document;
    }
}
