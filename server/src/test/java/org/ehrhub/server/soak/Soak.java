package org.ehrhub.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ehrhub.server.soak.LossyDoor.Fate;
import org.ehrhub.server.soak.LossyDoor.Moment;
import org.ehrhub.tools.ErrorCode;

/** Kills a hub again and again while clients write through it, and has them repeat what they do not know to be done. */
final class Soak {
    private static final List<Moment> MOMENTS = List.of(Moment.values());
    private static final List<Fate> LOST =
            Stream.of(Fate.values()).filter(fate -> fate != Fate.ANSWERED).toList();
    private static final int CLIENTS = 4;
    private static final int LAST_TRIES = 20;
    private static final int PROGRESS = 20;

    private final Path configuration;
    private final LossyDoor ehr;
    private final Random random;
    private final Orders orders;
    private final Set<String> failures = ConcurrentHashMap.newKeySet();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong cut = new AtomicLong();
    private final AtomicLong reconciled = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();

    Soak(Path configuration, LossyDoor ehr, long seed) {
        this.configuration = configuration;
        this.ehr = ehr;
        random = new Random(seed);
        orders = new Orders(new Random(seed + 1));
    }

    /**
     * What came of it.
     *
     * @param orders the writes the clients wanted
     * @param sent the writes that reached the EHR, done or not
     * @param answers the answers that reached the clients
     * @param unknown those of them that said that the outcome is not known
     * @param cut the calls that a kill left without an answer
     * @param reconciled the writes of unknown fate that a look into the EHR showed to be done
     * @param repeated the calls for a write that was known to be done
     */
    record Count(int orders, int sent, long answers, long unknown, long cut, long reconciled, long repeated) {}

    /** Everything that was wanted. */
    List<Order> orders() {
        return orders.all();
    }

    /** The calls that were answered with a failure. */
    Set<String> failures() {
        return failures;
    }

    Count count() {
        return new Count(
                orders.all().size(),
                ehr.writes(),
                answers.get(),
                unknown.get(),
                cut.get(),
                reconciled.get(),
                repeated.get());
    }

    /** Kills so often, then has the rest done. */
    void run(int kills) throws Exception {
        var fates = new Random(random.nextLong());
        ehr.fates(() -> fate(fates));
        for (var kill = 0; kill < kills; kill++) {
            live(kill == 0);
            if (kill % PROGRESS == PROGRESS - 1) {
                System.out.println((kill + 1) + " kills: " + count());
            }
        }
        ehr.fates(() -> Fate.ANSWERED);
        ehr.watch(moment -> {});
        finish();
    }

    private static synchronized Fate fate(Random random) {
        var dice = random.nextInt(10);
        return dice < 5 ? Fate.ANSWERED : LOST.get(dice % LOST.size());
    }

    /** The n-th write that reaches the EHR, and how far it has come, decide when the hub dies; some time after that. */
    private CountDownLatch doomed() {
        var moment = MOMENTS.get(random.nextInt(MOMENTS.size()));
        var left = new AtomicInteger(1 + random.nextInt(16));
        var doom = new CountDownLatch(1);
        ehr.watch(now -> {
            if (now == moment && left.decrementAndGet() == 0) {
                doom.countDown();
            }
        });
        return doom;
    }

    private void live(boolean first) throws Exception {
        try (var hub = HubProcess.start(configuration)) {
            if (first) {
                try (var agent = new Agent(hub.mcp())) {
                    orders.findSlots(agent);
                }
            }
            var doom = doomed();
            var delay = random.nextInt(3) == 0 ? 0 : random.nextInt(20);
            var dead = new AtomicBoolean();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var clients = IntStream.range(0, CLIENTS)
                        .<Future<?>>mapToObj(i -> threads.submit(() -> write(hub, dead, doom)))
                        .toList();
                assertThat(doom.await(2, TimeUnit.MINUTES))
                        .as("writes reach the EHR")
                        .isTrue();
                TimeUnit.MILLISECONDS.sleep(delay);
                dead.set(true);
                hub.kill();
                join(clients);
            }
        }
    }

    private static void join(Iterable<Future<?>> clients) throws Exception {
        for (var client : clients) {
            try {
                client.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AssertionError failed) {
                    throw failed;
                }
                throw e;
            }
        }
    }

    private boolean write(HubProcess hub, AtomicBoolean dead, CountDownLatch end) throws InterruptedException {
        try (var agent = new Agent(hub.mcp())) {
            while (!dead.get()) {
                var order = orders.next();
                try {
                    take(order, agent.call(order.tool(), order.arguments()));
                } catch (IOException e) {
                    assertThat(dead)
                            .as("only a killed hub leaves a call without an answer")
                            .isTrue();
                    cut.incrementAndGet();
                } finally {
                    orders.reopen(order);
                }
            }
        } catch (IOException e) {
            assertThat(dead).isTrue();
        } finally {
            end.countDown(); // also where a promise was broken
        }
        return true;
    }

    private void take(Order order, Agent.Answer answer) {
        answers.incrementAndGet();
        if (answer.failed()) {
            failures.add(answer.json().path("error").path("callId").asString());
            failed(order, answer);
        } else {
            var text = answer.text();
            reconciled.addAndGet(text.contains("had done this") ? 1 : 0);
            repeated.addAndGet(text.contains("answer to an earlier call") ? 1 : 0);
            order.done(answer);
            assertThat(ehr.taken(order.mark()))
                    .as("records of %s, called done", order)
                    .isEqualTo(1);
        }
    }

    private void failed(Order order, Agent.Answer answer) {
        if (answer.code().equals(ErrorCode.OUTCOME_UNKNOWN.name())) {
            unknown.incrementAndGet();
            assertThat(order.isDone())
                    .as("%s was done and is called unknown", order)
                    .isFalse();
        } else if (!order.isDone() && !answer.text().contains("still running")) {
            assertThat(answer.code()).as(answer.text()).isIn("EHR_UNAVAILABLE", "RATE_LIMITED");
            assertThat(ehr.taken(order.mark()))
                    .as("records of %s: %s", order, answer.text())
                    .isEqualTo(answer.text().contains("was done before") ? 1 : 0);
        }
    }

    private void finish() throws Exception {
        try (var hub = HubProcess.start(configuration);
                var agent = new Agent(hub.mcp())) {
            for (var tries = 0; tries < LAST_TRIES && !orders.rest().isEmpty(); tries++) {
                for (var order : orders.rest()) {
                    take(order, agent.call(order.tool(), order.arguments()));
                }
            }
            hub.kill();
        }
        assertThat(orders.rest()).as("writes that never came to an end").isEmpty();
    }
}
