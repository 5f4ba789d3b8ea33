package org.ehrhub.store.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A record as a link of its chain: nothing of it but what its digest is made of.
 *
 * @param seq its number
 * @param hash the digest that was kept with it
 * @param parts its parts as {@link Canonical} writes them
 */
@SuppressWarnings("ArrayRecordComponent") // hashed, never compared
record Link(long seq, String hash, byte[] parts) {
    /** How links are read from a database. */
    interface Reading {
        /** The columns that are asked for. */
        String columns();

        /** The link in a row of them; {@code canonical} holds nothing, before and after. */
        Link of(ResultSet row, Canonical canonical) throws SQLException;
    }

    /** From a database in this process, which has each column at hand. */
    static final Reading EMBEDDED = new Reading() {
        @Override
        public String columns() {
            return AuditTable.COLUMNS;
        }

        @Override
        public Link of(ResultSet row, Canonical canonical) throws SQLException {
            var record = AuditTable.read(row);
            return new Link(record.seq(), record.hash(), record.addTo(canonical).take());
        }
    };

    /** From a server, which writes the parts: to carry and read each column by itself would take twice as long. */
    static final Reading SERVER = new Reading() {
        private static final String PARTS = Arrays.stream(AuditTable.COLUMNS.split(", *", -1))
                .filter(column -> !column.equals("hash"))
                .map("coalesce(octet_length(cast(%1$s as text)) || ':', '-'), %1$s"::formatted)
                .collect(Collectors.joining(", ", "concat(", ")"));

        @Override
        public String columns() {
            return "seq, hash, " + PARTS;
        }

        @Override
        public Link of(ResultSet row, Canonical canonical) throws SQLException {
            return new Link(row.getLong(1), row.getString(2), row.getBytes(3));
        }
    };

    /** The digest of the record before it and of every part of this one. */
    String hashAfter(String previous, Canonical canonical) {
        return canonical.add(previous).put(parts).sha256();
    }
}
