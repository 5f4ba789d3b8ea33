package org.ehrhub.benchmarks.ehr;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.http.NameValuePair;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.message.BasicNameValuePair;
import org.apache.http.util.EntityUtils;
import org.hl7.fhir.r4.model.Patient;
import tools.jackson.databind.json.JsonMapper;

/**
 * A live Medplum server, as the environment names it.
 *
 * @param base its address, without a slash at its end
 * @param clientId a ClientApplication of it
 * @param clientSecret its secret
 */
public record MedplumServer(URI base, String clientId, String clientSecret) {
    /** The environment variable that holds the secret: the hub is given its name. */
    public static final String SECRET = "MEDPLUM_CLIENT_SECRET";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int OK = 200;

    /** The one that the environment names; empty where it names none. */
    public static Optional<MedplumServer> ofEnvironment() {
        return set("MEDPLUM_BASE_URL")
                .flatMap(base -> set("MEDPLUM_CLIENT_ID")
                        .flatMap(id -> set(SECRET)
                                .map(secret -> new MedplumServer(URI.create(base.replaceAll("/+$", "")), id, secret))));
    }

    private static Optional<String> set(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
    }

    /** HAPI's client, logged in for as long as a token lasts, an hour by default. */
    public IGenericClient client(CloseableHttpClient http) throws IOException {
        var client = DirectClient.of(URI.create(base + "/fhir/R4"), http);
        client.registerInterceptor(new BearerTokenAuthInterceptor(token(http)));
        return client;
    }

    /** Creates patients, with words of their own only. */
    public static List<String> create(IGenericClient client, int count) {
        var ids = new ArrayList<String>();
        for (int number = 0; number < count; number++) {
            var patient = new Patient();
            patient.addName().setFamily("Benchmark").addGiven("Number " + number);
            patient.addIdentifier().setSystem("urn:example:benchmark").setValue(Integer.toString(number));
            ids.add(client.create().resource(patient).execute().getId().getIdPart());
        }
        return ids;
    }

    /** Takes them away again. */
    public static void delete(IGenericClient client, List<String> ids) {
        ids.forEach(id -> client.delete().resourceById("Patient", id).execute());
    }

    private String token(CloseableHttpClient http) throws IOException {
        var post = new HttpPost(base + "/oauth2/token");
        post.setEntity(new UrlEncodedFormEntity(
                List.<NameValuePair>of(
                        new BasicNameValuePair("grant_type", "client_credentials"),
                        new BasicNameValuePair("client_id", clientId),
                        new BasicNameValuePair("client_secret", clientSecret)),
                StandardCharsets.UTF_8));
        try (var answer = http.execute(post)) {
            if (answer.getStatusLine().getStatusCode() != OK) {
                throw new IllegalStateException("Medplum refuses the login: " + answer.getStatusLine());
            }
            return JSON.readTree(EntityUtils.toString(answer.getEntity(), StandardCharsets.UTF_8))
                    .path("access_token")
                    .asString();
        }
    }
}
