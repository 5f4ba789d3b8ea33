package org.ehrhub.store.journal;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.store.Database;
import org.ehrhub.store.journal.Taking.Taken;

/** Does what workers want, a group of them in one transaction: first what they are through with, then what they take. */
final class LineWork {
    private final Database database;
    private final Arrivals arrivals;
    private final InstantSource clock;
    private final Bells bells;

    LineWork(Database database, Arrivals arrivals, InstantSource clock, Bells bells) {
        this.database = database;
        this.arrivals = arrivals;
        this.clock = clock;
        this.bells = bells;
    }

    /** What is done once the transaction is. */
    private static final class After {
        private final List<Runnable> answers = new ArrayList<>();
        private final Set<Integer> rings = new HashSet<>();
    }

    /** Does it and answers. */
    void write(List<Task> tasks) {
        var after = Collision.retried(() -> database.durably(sql -> Collision.noticed(() -> run(tasks))));
        after.rings.forEach(bells::ring);
        after.answers.forEach(Runnable::run);
    }

    /** Does it in the transaction that runs on this thread, and answers. */
    void within(Task.Settle task) {
        Collision.noticed(() -> run(List.of(task))).answers.forEach(Runnable::run);
    }

    private After run(List<Task> tasks) {
        var jdbc = database.jdbc();
        var locked = LockedChannel.lock(
                jdbc, tasks.stream().flatMap(task -> task.channels().stream()).collect(Collectors.toSet()));
        var after = new After();
        settle(only(tasks, Task.Settle.class), locked, after);
        hold(only(tasks, Task.Hold.class), locked, after);
        take(only(tasks, Task.Take.class), locked, after);
        locked.values().forEach(channel -> channel.write(jdbc));
        return after;
    }

    private static <T> List<T> only(List<Task> tasks, Class<T> kind) {
        return tasks.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void settle(List<Task.Settle> tasks, Map<Integer, LockedChannel> locked, After after) {
        if (tasks.isEmpty()) {
            return;
        }
        var settling = new Settling(database.jdbc(), locked);
        var held = Collections.newSetFromMap(new IdentityHashMap<Settling.One, Boolean>());
        held.addAll(settling.settle(tasks.stream().map(Task.Settle::one).toList(), clock.millis()));
        after.rings.addAll(settling.freed());
        var next = tasks.stream()
                .filter(task -> held.contains(task.one()))
                .flatMap(task -> task.next().stream())
                .toList();
        after.rings.addAll(arrivals.store(next).channels());
        tasks.forEach(task -> after.answers.add(() -> task.done().complete(held.contains(task.one()))));
    }

    private void hold(List<Task.Hold> tasks, Map<Integer, LockedChannel> locked, After after) {
        var settling = new Settling(database.jdbc(), locked);
        for (var task : tasks) {
            var held = settling.hold(task.claims(), task.lease().toMillis());
            after.answers.add(() -> task.done().complete(held));
        }
    }

    private void take(List<Task.Take> tasks, Map<Integer, LockedChannel> locked, After after) {
        var exhausted = new HashSet<Integer>();
        for (var task : tasks) {
            var taken = exhausted.contains(task.channel()) ? Taken.NOTHING : taken(task, locked);
            if (taken.exhausted()) {
                exhausted.add(task.channel());
            } else {
                after.rings.add(task.channel()); // for the next worker that waits
            }
            after.answers.add(() -> task.done().complete(taken));
        }
    }

    private Taken taken(Task.Take task, Map<Integer, LockedChannel> locked) {
        var channel = Objects.requireNonNull(locked.get(task.channel()));
        return new Taking(database.jdbc(), channel, task.wish()).take();
    }
}
