package org.ehrhub.store.journal;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ehrhub.store.Database;
import org.ehrhub.store.Payloads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes of messages. */
final class Contents {
    private static final Logger LOG = LoggerFactory.getLogger(Contents.class);

    private final Database database;
    private final Payloads payloads;

    Contents(Database database, Payloads payloads) {
        this.database = database;
        this.payloads = payloads;
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Sealed(long id, UUID name, byte[] bytes) {
        Sealed with(byte[] more) {
            var whole = new ByteArrayOutputStream(bytes.length + more.length);
            whole.writeBytes(bytes);
            whole.writeBytes(more);
            return new Sealed(id, name, whole.toByteArray());
        }
    }

    /** Encrypts a content for the message of this name. */
    byte[] seal(UUID name, byte[] content) {
        return payloads.seal(Payloads.Column.JOURNAL_CONTENT, name.toString(), content);
    }

    /** The contents of those of these messages that are there and can be read, by their numbers. */
    Map<Long, byte[]> of(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var contents = new HashMap<Long, byte[]>();
        for (var stored : database.read(sql -> stored(List.copyOf(ids))).values()) {
            try {
                var row = stored.name().toString();
                contents.put(stored.id(), payloads.open(Payloads.Column.JOURNAL_CONTENT, row, stored.bytes()));
            } catch (UncheckedIOException e) {
                LOG.error("The content of message {} cannot be read: {}", stored.id(), e.getMessage());
            }
        }
        return contents;
    }

    /**
     * The content of a message, if there is one of this number.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    Optional<byte[]> one(long id) {
        return database.read(sql -> stored(List.of(id))).values().stream()
                .findFirst()
                .map(stored -> payloads.open(
                        Payloads.Column.JOURNAL_CONTENT, stored.name().toString(), stored.bytes()));
    }

    private Map<Long, Sealed> stored(List<Long> ids) {
        var found = new HashMap<Long, Sealed>();
        database.jdbc()
                .query(
                        "select id, name, content from journal_message where id = any(?)",
                        row -> new Columns(row).longs(ids, id -> id),
                        row -> {
                            found.put(
                                    row.getLong(1),
                                    new Sealed(row.getLong(1), row.getObject(2, UUID.class), row.getBytes(3)));
                        });
        var cut = found.values().stream()
                .filter(stored -> stored.bytes().length == Arrivals.PART)
                .map(Sealed::id)
                .toList();
        if (!cut.isEmpty()) {
            database.jdbc()
                    .query(
                            "select message_id, content from journal_part where message_id = any(?) order by message_id, part",
                            row -> new Columns(row).longs(cut, id -> id),
                            row -> {
                                var more = row.getBytes(2);
                                found.computeIfPresent(row.getLong(1), (id, stored) -> stored.with(more));
                            });
        }
        return found;
    }
}
