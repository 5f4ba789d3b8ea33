package org.ehrhub.medplum.stub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Binary contents, and the presigned addresses under which anyone may read them for an hour. */
final class Storage {
    private static final Duration GOOD = Duration.ofHours(1);
    private static final Pattern BINARY = Pattern.compile("Binary/([0-9a-f-]{36})");

    private final Archive archive;
    private final Places places;
    private final String secret = UUID.randomUUID().toString();
    private final Map<String, Content> contents = new ConcurrentHashMap<>();

    Storage(Archive archive, Places places) {
        this.archive = archive;
        this.places = places;
    }

    /** The bytes of a Binary. */
    private record Content(String type, String base64) {
        byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }
    }

    /** Keeps the content of a Binary that is stored, or is about to be, under an id. */
    void keep(String id, String type, String base64) {
        contents.put(id, new Content(type, base64));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The raw content of a Binary. */
    Said raw(String id) {
        var content = contents.get(id);
        if (content == null) {
            throw Refused.notFound();
        }
        return new Said(200, Map.of("Content-Type", content.type()), content.bytes());
    }

    /** What a presigned address leads to; needs no login. */
    Said presigned(Asked asked) {
        var parts = asked.path().split("/", -1);
        var expires = asked.parameter("Expires").orElse("0");
        boolean good = parts.length == 4
                && contents.containsKey(parts[2])
                && asked.parameter("Signature").orElse("").equals(signature(parts[2], parts[3], expires))
                && archive.clock().instant().isBefore(Instant.ofEpochSecond(Long.parseLong(expires)));
        return good ? raw(parts[2]) : Said.of(403, "text/plain; charset=utf-8", "Forbidden");
    }

    /** A presigned address of a Binary. */
    String address(String id) {
        var version = archive.newest("Binary", id).map(Kept::version).orElse("");
        var expires = Long.toString(archive.clock().instant().plus(GOOD).getEpochSecond());
        return places.storage() + id + "/" + version + "?Expires=" + expires + "&Signature="
                + signature(id, version, expires);
    }

    /** Puts presigned addresses in place of {@code Binary/id}. */
    void sign(JsonNode node) {
        swap(node, url -> {
            var binary = BINARY.matcher(url);
            return binary.matches() && contents.containsKey(binary.group(1)) ? address(binary.group(1)) : url;
        });
    }

    /** Puts {@code Binary/id} in place of presigned addresses, as Medplum does with what it is given. */
    void unsign(JsonNode node) {
        swap(
                node,
                url -> url.startsWith(places.storage())
                        ? "Binary/" + url.substring(places.storage().length()).split("[/?]", 2)[0]
                        : url);
    }

    private static void swap(JsonNode node, UnaryOperator<String> change) {
        if (node instanceof ObjectNode object && object.path("url").isString()) {
            object.put("url", change.apply(Json.text(object, "url")));
        }
        if (node.isContainer()) {
            node.valueStream().forEach(child -> swap(child, change));
        }
    }

    private String signature(String id, String version, String expires) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((secret + id + version + expires).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
