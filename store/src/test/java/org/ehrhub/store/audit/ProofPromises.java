package org.ehrhub.store.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a proof of the trail finds, on every database. */
abstract class ProofPromises extends TrailFixture {
    @Test
    void findsAnyChangeOfAnyPartOfAnyRecord() {
        keep(3);
        var random = new Random(7);
        for (var column : columns("audit_record")) {
            for (var seq = 1; seq <= 3; seq++) {
                assertChangeIsFound("audit_record", column, seq, random);
            }
        }
        assertThat(findings()).isEmpty();
    }

    @Test
    void findsAnyChangeOfAnyPartOfAnyCheckpoint() {
        keep(1);
        keep(1);
        keep(1);
        var random = new Random(8);
        for (var column : columns("audit_checkpoint")) {
            for (var seq = 1; seq <= 3; seq++) {
                assertChangeIsFound("audit_checkpoint", column, seq, random);
            }
        }
        assertThat(findings()).isEmpty();
    }

    @Test
    void findsWhateverSomebodyDoesToOneOfManyRecords() {
        keep(25);
        keep(25);
        run("create table kept as select * from audit_record");
        var random = new Random(11);
        var columns = columns("audit_record");
        for (var turn = 0; turn < 100; turn++) {
            var done = tampering(random, columns);
            run(done);
            assertThat(findings()).as(done).isNotEmpty();
            run("delete from audit_record");
            run("insert into audit_record select * from kept");
        }
        assertThat(findings()).isEmpty();
    }

    private String tampering(Random random, List<String> columns) {
        var seq = 1 + random.nextInt(50);
        var where = " where seq = " + seq;
        var column = columns.get(random.nextInt(columns.size()));
        var value = records(AuditQuery.ALL).get(seq - 1);
        return switch (random.nextInt(6)) {
            case 0 -> "delete from audit_record" + where;
            case 1 -> "update audit_record set seq = 1000 + " + random.nextInt(9) + where;
            case 2 -> "update audit_record set seq = -seq" + where;
            case 3 ->
                "insert into audit_record select " + columnsWith(columns, "seq", "seq + 50") + " from kept" + where;
            case 4 -> "update audit_record set hash = '" + value.hash().replaceFirst("..$", "zz") + "'" + where;
            default ->
                "update audit_record set " + column + " = (select " + otherThan(column) + " from kept" + where + ")"
                        + where;
        };
    }

    private static String columnsWith(List<String> columns, String column, String other) {
        return columns.stream().map(one -> one.equals(column) ? other : one).collect(Collectors.joining(", "));
    }

    /** A value that the column may have and does not. */
    private static String otherThan(String column) {
        return switch (column) {
            case "seq", "at_ms", "duration_us" -> "coalesce(" + column + ", 0) + 100";
            default -> "coalesce(" + column + ", '') || '0'";
        };
    }

    @Test
    void findsRecordsThatWereRemovedAnywhere() {
        for (var seq = 1; seq <= 4; seq++) {
            keep(1);
        }
        for (var seq = 1; seq <= 4; seq++) {
            assertRemovalIsFound("audit_record", seq);
            assertRemovalIsFound("audit_checkpoint", seq);
        }
    }

    @Test
    void findsAnEndThatWasCutOffWithItsCheckpoints() {
        keep(2);
        keep(2);
        run("delete from audit_record where seq > 2");
        run("delete from audit_checkpoint where seq > 2");
        assertThat(findings()).isNotEmpty();
        assertThatThrownBy(() -> new ChainedTrail(database, place, CLOCK))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ends at record 2");
    }

    @Test
    void findsATrailThatWasRemovedWhole() {
        keep(2);
        run("delete from audit_record");
        run("delete from audit_checkpoint");
        assertThat(findings()).isNotEmpty();
    }

    @Test
    void findsRecordsThatChangedPlaces() {
        keep(4);
        run("update audit_record set seq = seq + 100");
        run("update audit_record set seq = case seq when 102 then 3 when 103 then 2 else seq - 100 end");
        assertThat(findings()).isNotEmpty();
    }

    @Test
    void findsARecordThatWasAddedWithASoundHash() {
        keep(2);
        var last = records(AuditQuery.ALL).getLast();
        var forged = new ArrayList<>(List.of(last)).getFirst();
        database.durably(sql -> {
            var copy = AuditRecordCopies.numbered(forged, 3).after(last.hash());
            AuditTable.insert(database.jdbc(), List.of(copy));
            return 1;
        });
        assertThat(findings())
                .as("an added record that no one signed or marked")
                .isNotEmpty();
    }

    @Test
    void findsAChainThatWasWrittenAnewFromAChangedRecordOn() {
        keep(4);
        var forged = new ArrayList<AuditRecord>();
        var previous = AuditRecord.GENESIS;
        for (var record : records(AuditQuery.ALL)) {
            var changed = record.seq() == 2 ? AuditRecordCopies.of(record, "mallory") : record;
            forged.add(changed.after(previous));
            previous = forged.getLast().hash();
        }
        run("delete from audit_record");
        database.durably(sql -> {
            AuditTable.insert(database.jdbc(), forged);
            return 1;
        });
        assertThat(findings()).isNotEmpty();
    }

    @Test
    void findsACheckpointOfAKeyThatNobodyTrusts() throws Exception {
        keep(2);
        var own = directory.resolve("audit-keys");
        Files.delete(own.resolve(place.keys().keyId() + ".pub"));
        place = AuditPlace.in(directory);
        assertThat(findings()).anySatisfy(finding -> assertThat(finding).contains("not trusted"));
    }

    @Test
    void provesWhatAnEarlierKeySignedAfterANewOneWasMade() throws Exception {
        keep(2);
        var earlier = place.keys().keyId();
        Files.delete(directory.resolve("audit-keys").resolve("signing.key"));
        place = AuditPlace.in(directory);
        keep(2);
        assertThat(place.keys().keyId()).isNotEqualTo(earlier);
        assertThat(findings()).isEmpty();
    }

    @Test
    void theRestCanBeProvedAfterOldRecordsWerePruned() {
        keep(3);
        try (var trail = new ChainedTrail(database, place, CLOCK)) {
            trail.keep(SampleEntries.entry("new", "x", "", SampleEntries.TIME.plus(Duration.ofDays(40))));
        }
        try (var trail = new ChainedTrail(database, place, Clock.offset(CLOCK, Duration.ofDays(41)))) {
            assertThat(trail.prune(Duration.ofDays(42))).isZero();
            assertThat(trail.prune(Duration.ofDays(30))).isEqualTo(3);
        }
        assertThat(records(AuditQuery.ALL)).extracting(AuditRecord::callId).containsExactly("new");
        assertThat(findings()).isEmpty();
        keep(1);
        assertThat(findings()).isEmpty();
        assertRemovalIsFound("audit_record", 4);
        for (var column : columns("audit_pruned")) {
            assertChangeIsFound("audit_pruned", column, 3, new Random(9));
        }
        run("delete from audit_pruned");
        assertThat(findings()).isNotEmpty();
    }

    @Test
    void hubsVouchForEachOther() throws Exception {
        var two = Files.createDirectory(directory.resolve("two"));
        keep(2);
        var here = place;
        place = AuditPlace.in(two);
        keep(2);
        for (var file : List.of(here, place)) {
            var from = file.equals(here) ? directory : two;
            var to = file.equals(here) ? two : directory;
            var name = file.keys().keyId() + ".pub";
            Files.copy(
                    from.resolve("audit-keys").resolve(name),
                    to.resolve("audit-keys").resolve(name));
        }
        place = AuditPlace.in(two);
        assertThat(findings()).isEmpty();
        run("delete from audit_record where node = '" + here.node() + "'");
        run("delete from audit_checkpoint where node = '" + here.node() + "'");
        assertThat(findings()).anySatisfy(finding -> assertThat(finding).contains("another hub vouches"));
    }

    private void assertRemovalIsFound(String table, int seq) {
        run("create table kept as select * from " + table);
        run("delete from " + table + " where seq = " + seq);
        assertThat(findings()).as("%s %s removed", table, seq).isNotEmpty();
        run("delete from " + table);
        run("insert into " + table + " select * from kept");
        run("drop table kept");
        assertThat(findings()).isEmpty();
    }

    private void assertChangeIsFound(String table, String column, int seq, Random random) {
        var where = " where seq = " + seq;
        var before = database.read(sql ->
                sql.sql("select " + column + " from " + table + where).query().singleRow());
        var value = before.get(column);
        var other = changed(value, random);
        run("update " + table + " set " + column + " = " + other + where);
        assertThat(findings())
                .as("%s.%s of %s: %s -> %s", table, column, seq, value, other)
                .isNotEmpty();
        var changedPlace = column.equals("seq") ? " where seq = " + other : where;
        run("update " + table + " set " + column + " = " + literal(value) + changedPlace);
    }

    /** The value with one byte of it changed, added or removed. */
    private static String changed(Object value, Random random) {
        if (value instanceof Number number) {
            return Long.toString(number.longValue() + 1 + random.nextInt(1000) * 100L);
        }
        if (!(value instanceof String text)) {
            return "''";
        }
        var at = text.isEmpty() ? 0 : random.nextInt(text.length());
        return switch (text.isEmpty() ? 0 : random.nextInt(3)) {
            case 0 -> literal(text.substring(0, at) + "0" + text.substring(at));
            case 1 -> literal(text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1));
            default -> literal(text.substring(0, at) + text.substring(at + 1));
        };
    }

    private static String literal(Object value) {
        return switch (value) {
            case null -> "null";
            case Number number -> number.toString();
            default -> "'" + value.toString().replace("'", "''") + "'";
        };
    }

    private List<String> columns(String table) {
        return database
                .read(sql -> sql.sql("select * from " + table + " fetch first 1 rows only")
                        .query()
                        .listOfRows())
                .stream()
                .map(Map::keySet)
                .flatMap(names -> names.stream())
                .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                .toList();
    }
}
