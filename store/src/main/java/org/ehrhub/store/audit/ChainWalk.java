package org.ehrhub.store.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A walk along one hub's chain, record by record. */
final class ChainWalk {
    private final String node;
    private final Findings findings;
    private final Map<Long, String> vouched = new TreeMap<>();
    private AuditTable.End last;
    private long signed;
    private long read;

    /** Takes what is wrong. */
    @FunctionalInterface
    interface Findings {
        void add(String node, long seq, String what);
    }

    /** A walk that starts after a record. */
    ChainWalk(String node, AuditTable.End start, Findings findings) {
        this.node = node;
        this.findings = findings;
        last = start;
        signed = start.seq();
    }

    /** What the checkpoints vouch for, the oldest first. */
    void checkpoints(List<Checkpoint> checkpoints, AuditKeys keys) {
        for (var one : checkpoints) {
            if (!keys.trusts(one.keyId())) {
                find(one.seq(), "the checkpoint is signed by the key " + one.keyId() + ", which is not trusted here");
            } else if (!one.isSignedBy(keys)) {
                find(one.seq(), "the checkpoint was changed: its signature does not hold");
            }
            if (one.previousSeq() != signed) {
                find(one.seq(), "a checkpoint before this one is missing");
            }
            vouched.put(one.seq(), one.hash());
            signed = one.seq();
        }
    }

    /** The next record. */
    void next(AuditRecord record) {
        read++;
        if (record.seq() != last.seq() + 1) {
            find(record.seq(), "records before this one are missing, or out of order");
        }
        if (!record.hash().equals(record.hashAfter(last.hash()))) {
            find(record.seq(), "it was changed, or the one before it was");
        }
        var expected = vouched.remove(record.seq());
        if (expected != null && !expected.equals(record.hash())) {
            find(record.seq(), "a checkpoint vouches for another record");
        }
        last = new AuditTable.End(record.seq(), record.hash());
    }

    /** Where it has come. */
    AuditTable.End last() {
        return last;
    }

    /** The chain, when all was read. */
    AuditProof.Chain end(long count) {
        if (count != read) {
            find(last.seq(), "there are records of the same number");
        }
        vouched.forEach((seq, hash) -> find(seq, "a checkpoint vouches for this record, and it is not there"));
        return new AuditProof.Chain(node, read, last.seq(), signed);
    }

    private void find(long seq, String what) {
        findings.add(node, seq, what);
    }
}
