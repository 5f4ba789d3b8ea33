package org.ehrhub.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ehrhub.adapters.journal.Claim;
import org.ehrhub.adapters.journal.JournalMessage;
import org.ehrhub.adapters.journal.Settlement;
import org.junit.jupiter.api.Test;

/** What holds when several hubs keep and work messages of few patients at the same time, whatever becomes of each attempt. */
abstract class MixPromises extends JournalFixture {
    private static final int KEEPERS = 6;
    private static final int EACH = 40;
    private static final long SEED = Long.getLong("mix.seed", 11);

    private final Map<String, Long> worked = new ConcurrentHashMap<>();
    private final List<String> finished = Collections.synchronizedList(new ArrayList<>());
    private final Set<Long> ids = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left = new AtomicInteger(KEEPERS * EACH);

    @Test
    void everyMessageIsSettledOnceAndThoseOfAKeyOneAfterAnotherInTheirOrder() throws Exception {
        try (var other = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Callable<Void>>();
            IntStream.range(0, KEEPERS)
                    .forEach(number -> work.add(() -> keep(number % 2 == 0 ? journal : other, number)));
            IntStream.range(0, 6)
                    .forEach(number ->
                            work.add(() -> work(number % 2 == 0 ? journal : other, new Random(SEED + number))));
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
        assertThat(finished).hasSize(KEEPERS * EACH).doesNotHaveDuplicates();
        assertThat(next("adt")).isEmpty();
        assertThat(journal.desk().channels().get("adt").waiting()).isZero();
        inOrder();
    }

    /** Two messages of one keeper that share a key were finished as they were kept. */
    private void inOrder() {
        for (var later = 0; later < finished.size(); later++) {
            for (var earlier = 0; earlier < later; earlier++) {
                var first = finished.get(earlier).split(" ", -1);
                var second = finished.get(later).split(" ", -1);
                var shared = new HashSet<>(List.of(first).subList(2, first.length));
                shared.retainAll(List.of(second).subList(2, second.length));
                if (first[0].equals(second[0]) && !shared.isEmpty()) {
                    assertThat(Integer.parseInt(first[1])).isLessThan(Integer.parseInt(second[1]));
                }
            }
        }
    }

    private Void keep(StoredJournal where, int keeper) {
        var random = new Random(SEED * 1000 + keeper);
        for (var number = 0; number < EACH; number++) {
            var keys = new HashSet<String>();
            for (var count = random.nextInt(3); count > 0; count--) {
                keys.add("patient" + random.nextInt(5));
            }
            var text = keeper + " " + number + (keys.isEmpty() ? "" : " " + String.join(" ", keys));
            where.keep(new JournalMessage("adt", bytes(text), null, keys, List.of()));
        }
        return null;
    }

    private Void work(StoredJournal where, Random random) throws InterruptedException {
        while (left.get() > 0) {
            for (var claim : where.claim("adt", 1 + random.nextInt(5), LEASE)) {
                work(where, claim, random);
            }
            where.await("adt", Duration.ofMillis(100));
        }
        return null;
    }

    private void work(StoredJournal where, Claim claim, Random random) {
        var words = text(claim).split(" ", -1);
        var keys = List.of(words).subList(2, words.length);
        keys.forEach(key -> assertThat(worked.putIfAbsent(key, claim.id())).isNull());
        var settlement = settlement(random);
        if (!(settlement instanceof Settlement.Retry)) {
            finished.add(text(claim));
            assertThat(ids.add(claim.id())).isTrue();
        }
        keys.forEach(worked::remove);
        assertThat(where.settle(claim, settlement)).isTrue();
        if (!(settlement instanceof Settlement.Retry)) {
            left.decrementAndGet();
        }
    }

    private static Settlement settlement(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Settlement.Dead("refused");
            case 1 -> new Settlement.Retry(Duration.ZERO, "busy");
            case 2 -> new Settlement.Retry(Duration.ofMillis(random.nextInt(30)), "no answer");
            default -> DONE;
        };
    }
}
