package org.ehrhub.store.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ehrhub.store.Database;

/**
 * The records of one hub that fit, part after part; some parts are read and looked at ahead, each on a thread of the database.
 * A part is a range of numbers in the order of the primary key: a result that must be sorted, or that has more than 40,000
 * rows, is written to a file by H2 before the first row can be had. What is kept after the reading began is left out.
 *
 * @param <T> what is made of a part
 */
final class AuditParts<T> {
    /** How many numbers a part usually has. */
    static final int USUAL = 2000;

    private static final int AHEAD = Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 2, 6);

    private final Database database;
    private final AuditQuery query;
    private final int size;
    private final Supplier<Look<T>> looks;
    private final Deque<Part<T>> ahead = new ArrayDeque<>();

    /** Looks at the records of one part. */
    interface Look<T> {
        /** The columns that it looks at. */
        String columns();

        /** The next record, in these columns. */
        void next(ResultSet row) throws SQLException;

        /** What was made of them. */
        T end();
    }

    /** Parts of so many numbers, of what one hub kept; each has a look of its own, on any thread. */
    AuditParts(Database database, AuditQuery query, int size, Supplier<Look<T>> looks) {
        this.database = database;
        this.query = query;
        this.size = size;
        this.looks = looks;
    }

    private record Part<T>(long end, Supplier<Seen<T>> seen) {}

    private record Seen<T>(boolean nothing, T value) {}

    /** Hands over what was made of each part, in order, of the records that come after this number. */
    void forEach(long after, Consumer<T> each) {
        var last = database.read(sql -> AuditTable.last(sql, query)).orElse(after);
        var from = next(after);
        while (from.isPresent() && from.get() <= last) {
            readAhead(from.get(), last);
            var part = ahead.remove();
            var seen = part.seen().get();
            each.accept(seen.value());
            from = seen.nothing() ? afterNothing(part.end()) : following(part.end());
        }
    }

    private void readAhead(long from, long last) {
        var first =
                ahead.isEmpty() ? Optional.of(from) : following(ahead.getLast().end());
        while (ahead.size() < AHEAD && first.isPresent() && first.get() <= last) {
            var part = part(first.get(), last);
            ahead.add(part);
            first = following(part.end());
        }
    }

    private Part<T> part(long begin, long last) {
        var end = begin > Long.MAX_VALUE - size ? last : Math.min(last, begin + size - 1);
        return new Part<>(end, database.reading(sql -> {
            var look = looks.get();
            var count = AuditTable.part(sql, query, new AuditTable.Numbers(begin, end), look);
            return new Seen<>(count == 0, look.end());
        }));
    }

    private static Optional<Long> following(long end) {
        return end == Long.MAX_VALUE ? Optional.empty() : Optional.of(end + 1);
    }

    /** Leaves out numbers that were never given, however many they are. */
    private Optional<Long> afterNothing(long end) {
        var next = next(end);
        if (next.isPresent()
                && !ahead.isEmpty()
                && next.get() <= ahead.getLast().end()) {
            return following(end);
        }
        ahead.clear();
        return next;
    }

    private Optional<Long> next(long after) {
        return database.read(sql -> AuditTable.next(sql, query, after));
    }
}
