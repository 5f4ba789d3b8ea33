package org.ehrhub.fhir.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.http.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * A request of one product's own, in which neither what is sent nor what is answered need be FHIR.
 *
 * @param method the HTTP method
 * @param url the whole address, built of checked parts; of the server's own origin
 * @param accept the media type that is asked for
 * @param headers more headers
 * @param body what is sent; none with GET
 * @param affectsState whether it changes something or leaves the EHR; its outcome may then be unknown
 * @param once whether it is never sent again, not even with a new login, and each refusal of it is an answer: what it runs may
 *     itself have been refused something after it began
 */
public record OwnRequest(
        String method,
        URI url,
        String accept,
        Map<String, String> headers,
        @Nullable Body body,
        boolean affectsState,
        boolean once) {
    /** Takes a copy. */
    public OwnRequest {
        headers = Map.copyOf(headers);
    }

    /** A request that is sent again with a new login where the one that it had has ended. */
    public OwnRequest(
            String method,
            URI url,
            String accept,
            Map<String, String> headers,
            @Nullable Body body,
            boolean affectsState) {
        this(method, url, accept, headers, body, affectsState, false);
    }

    /**
     * What is sent.
     *
     * @param type the media type, sent to the letter
     * @param text in UTF-8
     */
    public record Body(String type, String text) {}

    /** A request that changes nothing. */
    public static OwnRequest get(URI url, String accept) {
        return new OwnRequest("GET", url, accept, Map.of(), null, false);
    }

    /** A request that changes something or leaves the EHR. */
    public static OwnRequest act(URI url, String accept, Body body) {
        return new OwnRequest("POST", url, accept, Map.of(), body, true);
    }

    /** A request that runs what may fail in any way after it began. */
    public static OwnRequest run(URI url, String accept, Body body, boolean affectsState) {
        return new OwnRequest("POST", url, accept, Map.of(), body, affectsState, affectsState);
    }

    /** The same with one header more. */
    public OwnRequest with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new OwnRequest(method, url, accept, more, body, affectsState, once);
    }

    Interaction kind() {
        return affectsState ? Interaction.OWN_ACTION : Interaction.OWN_READ;
    }

    PlainRequest plain() {
        return new PlainRequest(kind(), method, url.toString(), accept, entity());
    }

    private @Nullable ByteArrayEntity entity() {
        if (body == null) {
            return null;
        }
        var entity = new ByteArrayEntity(body.text().getBytes(StandardCharsets.UTF_8));
        entity.setContentType(body.type());
        return entity;
    }
}
