package org.ehrhub.store.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ehrhub.adapters.Secret;
import org.ehrhub.adapters.journal.Claim;
import org.ehrhub.adapters.journal.JournalMessage;
import org.ehrhub.adapters.journal.JournalMessage.Identity;
import org.ehrhub.adapters.journal.Kept.Fate;
import org.ehrhub.adapters.journal.Settlement;
import org.ehrhub.store.Database;
import org.ehrhub.store.Payloads;
import org.ehrhub.store.SampleKeys;
import org.ehrhub.store.StoreSettings;

/**
 * A hub's process that keeps messages and works them, and is killed. Each message goes through the channel {@code in}, which leads
 * to one of {@code out}, which is applied in a table of the same database.
 */
final class JournalWorker implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final int KEEPERS = 16;
    private static final int WORKERS = 4;

    private final Database database;
    private final StoredJournal journal;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final List<Thread> threads = new ArrayList<>();

    JournalWorker(StoreSettings settings) {
        database = Database.open(settings);
        journal = new StoredJournal(database, new Payloads(SampleKeys.of(1)), Clock.systemUTC());
    }

    /**
     * Arguments: address, user and password of the database, a name that no other run has, and how many messages it keeps. Ends
     * with its input.
     */
    public static void main(String[] words) throws IOException {
        var worker = new JournalWorker(new StoreSettings(words[0], words[1], Secret.from(() -> words[2])));
        worker.work();
        for (var keeper = 0; keeper < KEEPERS; keeper++) {
            var patient = words[3] + "-" + keeper;
            Thread.ofPlatform().daemon().start(() -> worker.keep(patient, Integer.parseInt(words[4]) / KEEPERS));
        }
        System.in.read();
        Runtime.getRuntime().halt(0);
    }

    private void keep(String keeper, int most) {
        for (var number = 0; number < most; number++) {
            var patient = keeper + "-" + number % 3;
            var text = patient + " " + number;
            var identity = new Identity("LAB", text);
            var message = new JournalMessage("in", bytes(text), identity, Set.of(patient), List.of());
            if (journal.keep(message).fate() != Fate.NEW) {
                say("not new " + text);
            }
            say("kept " + text + ";");
        }
    }

    /** Begins to work what there is. */
    void work() {
        for (var number = 0; number < WORKERS; number++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> work("in")));
            threads.add(Thread.ofPlatform().daemon().start(() -> work("out")));
        }
    }

    private void work(String channel) {
        try {
            while (open.get()) {
                for (var claim : journal.claim(channel, 8, LEASE)) {
                    work(claim);
                }
                journal.await(channel, Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Claim claim) {
        if (claim.attempt() == 1 && claim.id() % 7 == 0) {
            journal.settle(claim, new Settlement.Retry(Duration.ofMillis(claim.id() % 3 * 20), "no answer"));
        } else if (claim.channel().equals("in")) {
            var patient = text(claim).split(" ", -1)[0];
            var next = new JournalMessage("out", claim.content(), null, Set.of(patient), List.of());
            journal.settle(claim, new Settlement.Done(List.of(next)));
        } else {
            apply(claim);
        }
    }

    /** What is done with a message and that it is done are one transaction. */
    private void apply(Claim claim) {
        try {
            database.durably(sql -> {
                sql.sql("insert into applied (content) values (?)")
                        .param(text(claim))
                        .update();
                if (!journal.settle(claim, new Settlement.Done(List.of()))) {
                    throw new LostException();
                }
                return 1;
            });
        } catch (LostException e) {
            // somebody else has it now
        }
    }

    private static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Whether there is nothing left to work. */
    boolean isIdle() {
        return journal.desk().channels().values().stream().allMatch(channel -> channel.waiting() == 0);
    }

    /** What was applied, in that order. */
    List<String> applied() {
        return database.read(sql -> sql.sql("select content from applied order by id")
                .query(String.class)
                .list());
    }

    /** The table of what is applied. */
    static void prepare(StoreSettings settings) {
        try (var database = Database.open(settings)) {
            database.durably(
                    sql -> sql.sql("create table applied (id bigint generated by default as identity primary key,"
                                    + " content varchar not null)")
                            .update());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Claim claim) {
        return new String(claim.content(), StandardCharsets.UTF_8);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    @Override
    public void close() {
        open.set(false);
        threads.forEach(JournalWorker::join);
        journal.close();
        database.close();
    }
}
