package org.ehrhub.store.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ehrhub.store.Database;

/** Proves the trail: that no record or checkpoint was changed, removed, moved or added since it was kept. */
public final class AuditProof {
    private static final int MOST = 50;

    private final Database database;
    private final AuditPlace place;
    private final AuditSource source;
    private final int part;
    private final List<String> findings = new ArrayList<>();
    private final List<Chain> chains = new ArrayList<>();

    private AuditProof(AuditSource source, int part) {
        this.source = source;
        this.database = source.database();
        this.place = source.place();
        this.part = part;
    }

    /**
     * What was found.
     *
     * @param chains the chains there are
     * @param findings what is wrong, in words; nothing when the trail is as it was kept
     */
    public record Result(List<Chain> chains, List<String> findings) {}

    /**
     * One hub's chain.
     *
     * @param node the hub
     * @param records how many records there are
     * @param last the number of the last one
     * @param signed the number of the last one that a checkpoint vouches for
     */
    public record Chain(String node, long records, long last, long signed) {}

    /**
     * Reads the whole trail.
     *
     * @throws java.io.UncheckedIOException when the database cannot be read, be it that it is damaged
     */
    public static Result of(AuditSource source) {
        return of(source, AuditParts.USUAL);
    }

    /** The same with parts of so many numbers. */
    static Result of(AuditSource source, int part) {
        source.settle();
        var proof = new AuditProof(source, part);
        proof.nodes().forEach(proof::prove);
        proof.others();
        return new Result(List.copyOf(proof.chains), List.copyOf(proof.findings));
    }

    private Set<String> nodes() {
        var nodes = new TreeSet<String>();
        nodes.addAll(database.read(sql -> sql.sql("select node from audit_record union select node from"
                        + " audit_checkpoint union select node from audit_pruned")
                .query(String.class)
                .list()));
        nodes.add(place.node());
        return nodes;
    }

    private void prove(String node) {
        var pruned = database.read(sql -> Pruned.of(sql, node));
        if (pruned.seq() > 0 && !pruned.isSignedBy(place.keys())) {
            find(node, pruned.seq(), "the statement that older records were pruned is not signed by a trusted key");
        }
        var walk = new ChainWalk(node, pruned.end(), this::find);
        walk.checkpoints(database.read(sql -> Checkpoint.of(sql, node)), place.keys());
        walk(walk, node, Long.MIN_VALUE);
        if (node.equals(place.node())) {
            source.still().accept(() -> end(walk));
        }
        var count = database.read(sql -> sql.sql("select count(*) from audit_record where node = ? and seq <= ?")
                .params(node, walk.last().seq())
                .query(Long.class)
                .single());
        chains.add(walk.end(count));
    }

    private void walk(ChainWalk walk, String node, long after) {
        var reading = database.isEmbedded() ? Link.EMBEDDED : Link.SERVER;
        new AuditParts<Stretch>(database, AuditQuery.ofNode(node), part, () -> walk.look(reading))
                .forEach(after, walk::next);
    }

    /** The end as the hub remembers it; one that runs went on during the walk, so that is caught up with first. */
    private void end(ChainWalk walk) {
        var said = said();
        for (var last = walk.last(); behind(said, last); said = said()) {
            walk(walk, place.node(), last.seq());
            if (walk.last().equals(last)) {
                find(place.node(), last.seq(), "the hub had kept records after this one, and they are not there");
                return;
            }
            last = walk.last();
        }
        if (said.damaged()) {
            find(place.node(), walk.last().seq(), "the file that says how far the chain has come is damaged");
        } else if (!said.allows(walk.last())
                && (said.committed().isPresent() || walk.last().seq() > 0)) {
            find(place.node(), walk.last().seq(), "the hub does not remember this record as its last");
        }
        var signed = database.read(sql -> Checkpoint.newest(sql, place.node())
                .map(Checkpoint::seq)
                .orElseGet(() -> Pruned.of(sql, place.node()).seq()));
        said.committed()
                .filter(mark -> mark.signed() > signed)
                .ifPresent(mark ->
                        find(place.node(), mark.signed(), "the hub had signed a checkpoint here, and it is not there"));
    }

    private static boolean behind(AuditHead.Said said, AuditTable.End last) {
        return said.committed().filter(mark -> mark.seq() > last.seq()).isPresent();
    }

    /** A file that is being written may look damaged for a moment. */
    private AuditHead.Said said() {
        var said = AuditHead.read(place.head());
        for (var left = 3; said.damaged() && left > 0; left--) {
            said = AuditHead.read(place.head());
        }
        return said;
    }

    /** What the hubs say of each other. */
    private void others() {
        var said = database.read(sql -> sql.sql("select distinct others from audit_checkpoint")
                .query(String.class)
                .list());
        for (var one : said.stream()
                .flatMap(text -> List.of(text.split(" ", -1)).stream())
                .distinct()
                .toList()) {
            var parts = one.split(":", -1);
            if (parts.length == 3 && parts[1].matches("\\d{1,18}")) {
                vouched(parts[0], Long.parseLong(parts[1]), parts[2]);
            }
        }
    }

    private void vouched(String node, long seq, String hash) {
        var pruned = database.read(sql -> Pruned.of(sql, node));
        var there = seq < pruned.seq()
                || (seq == pruned.seq() && hash.equals(pruned.hash()))
                || database.read(sql -> sql.sql(
                                        "select count(*) from audit_record where node = ? and seq = ? and hash = ?")
                                .params(node, seq, hash)
                                .query(Long.class)
                                .single())
                        == 1;
        if (!there) {
            find(node, seq, "another hub vouches for this record, and it is not there");
        }
    }

    private void find(String node, long seq, String what) {
        if (findings.size() < MOST) {
            findings.add("hub " + node + ", record " + seq + ": " + what);
        } else if (findings.size() == MOST) {
            findings.add("and more");
        }
    }
}
