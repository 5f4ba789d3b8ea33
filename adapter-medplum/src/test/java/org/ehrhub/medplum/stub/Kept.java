package org.ehrhub.medplum.stub;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version of a resource.
 *
 * @param document the resource with all of its meta; none where the version is a deletion
 */
record Kept(String version, Instant at, @Nullable ObjectNode document) {
    private static final DateTimeFormatter HTTP = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static Kept now(Instant at, @Nullable ObjectNode document) {
        return new Kept(UUID.randomUUID().toString(), at.truncatedTo(ChronoUnit.MILLIS), document);
    }

    /** A moment as Medplum writes it, to the millisecond. */
    static String moment(Instant at) {
        return MILLIS.format(at);
    }

    boolean deleted() {
        return document == null;
    }

    /** The document of a version that is no deletion. */
    ObjectNode resource() {
        if (document == null) {
            throw Refused.gone();
        }
        return document;
    }

    String etag() {
        return "W/\"" + version + "\"";
    }

    String lastModified() {
        return HTTP.format(at);
    }
}
