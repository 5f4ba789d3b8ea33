package org.ehrhub.store.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds a column of many rows as one array, which both databases take apart: one statement then writes any number of rows. */
final class Columns {
    /** H2 takes no array of more than 65,536. */
    private static final int LONGEST = 50_000;

    private final PreparedStatement statement;
    private int bound;

    Columns(PreparedStatement statement) {
        this.statement = statement;
    }

    <R> Columns longs(List<R> rows, Function<? super R, Long> value) throws SQLException {
        return array("bigint", rows.stream().map(value).toArray(Long[]::new));
    }

    <R> Columns ints(List<R> rows, Function<? super R, Integer> value) throws SQLException {
        return array("int", rows.stream().map(value).toArray(Integer[]::new));
    }

    <R> Columns uuids(List<R> rows, Function<? super R, UUID> value) throws SQLException {
        return array("uuid", rows.stream().map(value).toArray(UUID[]::new));
    }

    <R> Columns bytes(List<R> rows, Function<? super R, byte[]> value) throws SQLException {
        return array("bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    <R> Columns texts(List<R> rows, Function<? super R, @Nullable String> value) throws SQLException {
        return array("varchar", rows.stream().map(value).toArray(String[]::new));
    }

    private Columns array(String type, @Nullable Object[] values) throws SQLException {
        statement.setArray(++bound, statement.getConnection().createArrayOf(type, values));
        return this;
    }

    /** Gives rows in parts that fit into an array; nothing where there are none. */
    static <R> void inParts(List<R> rows, Consumer<List<R>> each) {
        for (int from = 0; from < rows.size(); from += LONGEST) {
            each.accept(rows.subList(from, Math.min(rows.size(), from + LONGEST)));
        }
    }

    /** The next parameter, which is one value. */
    Columns one(Object value) throws SQLException {
        statement.setObject(++bound, value);
        return this;
    }
}
