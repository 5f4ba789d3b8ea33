package org.ehrhub.store.journal;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.store.Database;

/** Has finished messages worked again. */
final class Replay {
    private final Database database;
    private final Bells bells;

    Replay(Database database, Bells bells) {
        this.database = database;
        this.bells = bells;
    }

    /** Those of them that are finished, in this order; gives how many. */
    int replay(List<Long> ids) {
        var replayed = 0;
        for (var begin = 0; begin < ids.size(); begin += Finished.SLICE) {
            var slice = ids.subList(begin, Math.min(ids.size(), begin + Finished.SLICE));
            var done = Collision.retried(() -> database.durably(sql -> Collision.noticed(() -> again(slice))));
            done.stream().map(Finished::channel).distinct().forEach(bells::ring);
            replayed += done.size();
        }
        return replayed;
    }

    private List<Finished> again(List<Long> ids) {
        var jdbc = database.jdbc();
        var channels = LockedChannel.lock(jdbc, channels(Finished.of(jdbc, ids)));
        var all = Finished.of(jdbc, ids).stream() // another hub may have been first
                .filter(one -> channels.containsKey(one.channel()))
                .toList();
        if (!all.isEmpty()) {
            var now = channels.values().iterator().next().now();
            Finished.undo(jdbc, all, channels);
            jdbc.update(
                    "insert into journal_queue (message_id, channel, waits, due_ms, order_keys, kept_ms, changed_ms)"
                            + " select id, channel, -1, 0, order_keys, kept_ms, cast(? as bigint) from journal_message"
                            + " where id = any(?)",
                    row -> new Columns(row).one(now).longs(all, Finished::id));
        }
        return all;
    }

    private static Set<Integer> channels(List<Finished> all) {
        return all.stream().map(Finished::channel).collect(Collectors.toSet());
    }
}
