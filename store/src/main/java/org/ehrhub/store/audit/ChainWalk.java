package org.ehrhub.store.audit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A walk along one hub's chain, record by record. */
final class ChainWalk {
    private final String node;
    private final Findings findings;
    private final SortedMap<Long, String> vouched = new TreeMap<>();
    private final Set<Long> met = new HashSet<>();
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
        var forged = checkpoints.parallelStream()
                .filter(one -> !one.isSignedBy(keys))
                .collect(Collectors.toSet());
        for (var one : checkpoints) {
            if (!keys.trusts(one.keyId())) {
                find(one.seq(), "the checkpoint is signed by the key " + one.keyId() + ", which is not trusted here");
            } else if (forged.contains(one)) {
                find(one.seq(), "the checkpoint was changed: its signature does not hold");
            }
            if (one.previousSeq() != signed) {
                find(one.seq(), "a checkpoint before this one is missing");
            }
            vouched.put(one.seq(), one.hash());
            signed = one.seq();
        }
    }

    /** A look at some records that follow each other; on any thread. */
    Stretch.Look look(Link.Reading reading) {
        return new Stretch.Look(reading, vouched);
    }

    /** The next records. */
    void next(Stretch stretch) {
        if (stretch.first() != null && stretch.last() != null) {
            find(Stretch.check(last, stretch.first(), new Canonical()));
            last = stretch.last();
        }
        find(stretch.findings());
        read += stretch.count();
        met.addAll(stretch.vouched());
    }

    private void find(List<Stretch.Finding> found) {
        found.forEach(finding -> find(finding.seq(), finding.what()));
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
        vouched.keySet().stream()
                .filter(seq -> !met.contains(seq))
                .forEach(seq -> find(seq, "a checkpoint vouches for this record, and it is not there"));
        return new AuditProof.Chain(node, read, last.seq(), signed);
    }

    private void find(long seq, String what) {
        findings.add(node, seq, what);
    }
}
