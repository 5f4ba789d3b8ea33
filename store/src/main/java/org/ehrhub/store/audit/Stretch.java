package org.ehrhub.store.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some records of a hub's chain, one after the other, each but the first held against the one before it.
 *
 * @param first the first of them
 * @param last the end of the last of them
 * @param count how many there are
 * @param findings what is wrong with them
 * @param vouched the numbers of those for which a checkpoint vouches
 */
record Stretch(
        @Nullable Link first, AuditTable.@Nullable End last, long count, List<Finding> findings, Set<Long> vouched) {
    /** What is wrong with the record of a number. */
    record Finding(long seq, String what) {}

    /** What is wrong with a record as it follows another. */
    static List<Finding> check(AuditTable.End before, Link record, Canonical canonical) {
        var findings = new ArrayList<Finding>(0);
        if (record.seq() != before.seq() + 1) {
            findings.add(new Finding(record.seq(), "records before this one are missing, or out of order"));
        }
        if (!record.hash().equals(record.hashAfter(before.hash(), canonical))) {
            findings.add(new Finding(record.seq(), "it was changed, or the one before it was"));
        }
        return findings;
    }

    /** Looks at the records of a stretch. */
    static final class Look implements AuditParts.Look<Stretch> {
        private final Link.Reading reading;
        private final Map<Long, String> expected;
        private final Canonical canonical = new Canonical();
        private final List<Finding> findings = new ArrayList<>();
        private final Set<Long> vouched = new HashSet<>();
        private @Nullable Link first;
        private AuditTable.@Nullable End last;
        private long count;

        /** A look at a stretch, with the hashes that checkpoints vouch for. */
        Look(Link.Reading reading, Map<Long, String> expected) {
            this.reading = reading;
            this.expected = expected;
        }

        @Override
        public String columns() {
            return reading.columns();
        }

        @Override
        public void next(ResultSet row) throws SQLException {
            next(reading.of(row, canonical));
        }

        private void next(Link record) {
            count++;
            if (last == null) {
                first = record;
            } else {
                findings.addAll(check(last, record, canonical));
            }
            var hash = expected.get(record.seq());
            if (hash != null) {
                vouched.add(record.seq());
                if (!hash.equals(record.hash())) {
                    findings.add(new Finding(record.seq(), "a checkpoint vouches for another record"));
                }
            }
            last = new AuditTable.End(record.seq(), record.hash());
        }

        @Override
        public Stretch end() {
            return new Stretch(first, last, count, findings, vouched);
        }
    }
}
