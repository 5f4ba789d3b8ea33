package org.ehrhub.store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.ehrhub.store.audit.SampleEntries;

/** A process that claims a write, keeps audit records, says what it has done on its output, and is killed. */
final class CrashingHub {
    private CrashingHub() {}

    public static void main(String[] words) throws InterruptedException {
        var directory = Path.of(words[0]);
        var keeping = new HubStore.Keeping(Duration.ofDays(30), Duration.ofDays(2192));
        var store = HubStore.open(
                StoreSettings.in(directory), directory, keeping, Duration.ofSeconds(10), Clock.systemUTC());
        say("claim " + store.ledger().claim(words[1], words[2]));
        for (var caller = 0; caller < 4; caller++) {
            var name = "call-" + caller + "-";
            Thread.ofVirtual().start(() -> {
                for (var number = 0; number < 100_000; number++) {
                    store.audit().keep(SampleEntries.read(name + number));
                    say("kept " + name + number);
                }
            });
        }
        new CountDownLatch(1).await();
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
