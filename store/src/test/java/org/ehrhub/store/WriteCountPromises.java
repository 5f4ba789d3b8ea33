package org.ehrhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.ehrhub.policy.WriteCounts.Quota;
import org.junit.jupiter.api.Test;

/** What counts of writes keep to, whatever database they are in. */
abstract class WriteCountPromises {
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");

    abstract StoreSettings settings();

    @Test
    void countsUpToTheLimitAndForEachDayAnew() {
        try (var database = Database.open(settings())) {
            var counts = new StoredWriteCounts(database);
            assertThat(counts.take(DAY, List.of(new Quota("ann", 2)))).isEmpty();
            assertThat(counts.take(DAY, List.of(new Quota("ann", 2)))).isEmpty();

            assertThat(counts.take(DAY, List.of(new Quota("ann", 2)))).contains("ann");
            assertThat(counts.used(DAY, "ann")).isEqualTo(2);
            assertThat(counts.take(DAY.plusDays(1), List.of(new Quota("ann", 2))))
                    .isEmpty();
        }
    }

    @Test
    void countsUnderAllNamesOrNone() {
        try (var database = Database.open(settings())) {
            var counts = new StoredWriteCounts(database);
            counts.take(DAY, List.of(new Quota("ehr", 1)));

            assertThat(counts.take(DAY, List.of(new Quota("ann", 9), new Quota("ehr", 1))))
                    .contains("ehr");
            assertThat(counts.used(DAY, "ann")).isZero();
        }
    }

    @Test
    void takesBackWhatWasNotSent() {
        try (var database = Database.open(settings())) {
            var counts = new StoredWriteCounts(database);
            var quota = List.of(new Quota("ann", 1));
            counts.take(DAY, quota);
            counts.giveBack(DAY, quota);
            counts.giveBack(DAY, quota);

            assertThat(counts.used(DAY, "ann")).isZero();
            assertThat(counts.take(DAY, quota)).isEmpty();
        }
    }

    @Test
    void isExactHoweverManyWriteAtOnce() throws Exception {
        try (var database = Database.open(settings());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var counts = new StoredWriteCounts(database);
            var tries = IntStream.range(0, 40)
                    .<Callable<Boolean>>mapToObj(i -> () ->
                            counts.take(DAY, List.of(new Quota("ann", 25))).isEmpty())
                    .toList();
            long taken = 0;
            for (var done : threads.invokeAll(tries)) {
                taken += done.get() ? 1 : 0;
            }

            assertThat(taken).isEqualTo(25);
        }
    }

    @Test
    void isStillKnownAfterARestartUntilItIsForgotten() {
        var settings = settings();
        try (var database = Database.open(settings)) {
            new StoredWriteCounts(database).take(DAY, List.of(new Quota("ann", 1)));
        }
        try (var database = Database.open(settings)) {
            var counts = new StoredWriteCounts(database);
            assertThat(counts.take(DAY, List.of(new Quota("ann", 1)))).contains("ann");
            assertThat(counts.forget(DAY)).isZero();
            assertThat(counts.forget(DAY.plusDays(1))).isOne();
        }
    }
}
