package org.ehrhub.benchmarks.mllp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ehrhub.adapters.journal.Journal;
import org.ehrhub.adapters.journal.JournalMessage;

/** Keeps many messages, as many senders at once would. */
final class Filling {
    private static final int CALLERS = 512;

    private Filling() {}

    static void of(Journal journal, int messages) throws InterruptedException {
        var next = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = IntStream.range(0, CALLERS)
                    .<Callable<Void>>mapToObj(caller -> () -> {
                        var own = new Admission("F" + caller + "-" + System.nanoTime() % 100_000 + "-");
                        while (next.getAndIncrement() < messages) {
                            journal.keep(message(own));
                        }
                        return null;
                    })
                    .collect(Collectors.toList());
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A message could not be kept", e);
        }
    }

    /** With a key and as many terms as an admission has. */
    private static JournalMessage message(Admission messages) {
        var content = messages.message();
        var id = new String(messages.controlId(), StandardCharsets.US_ASCII);
        var patient = id.substring(id.length() - 4);
        return new JournalMessage(
                "bench",
                content,
                new JournalMessage.Identity("ADT|EAST", id),
                Set.of("PID-3 " + patient),
                List.of(
                        new JournalMessage.Term("MSH-3", "ADT"),
                        new JournalMessage.Term("MSH-4", "EAST"),
                        new JournalMessage.Term("MSH-9", "ADT"),
                        new JournalMessage.Term("MSH-9", "ADT^A01"),
                        new JournalMessage.Term("MSH-10", id),
                        new JournalMessage.Term("PID-3", patient),
                        new JournalMessage.Term("PID-3", patient + "^EAST"),
                        new JournalMessage.Term("PV1-19", "V" + patient)));
    }
}
