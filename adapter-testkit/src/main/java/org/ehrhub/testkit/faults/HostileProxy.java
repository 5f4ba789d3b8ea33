package org.ehrhub.testkit.faults;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ehrhub.testkit.faults.Fault.On;
import org.jspecify.annotations.Nullable;

/**
 * Stands on loopback in front of a server that speaks FHIR over HTTP, passes everything on faithfully, with its own address
 * in place of the server's, counts it, and misbehaves when told to.
 */
public final class HostileProxy implements AutoCloseable {
    private final URI behind;
    private final Upstream upstream;
    private final Door door = new Door(this::take);
    private final Door elsewhere = new Door(this::stray);
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong strays = new AtomicLong();
    private final AtomicLong hugeBytes = new AtomicLong();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private volatile Trouble trouble = new Trouble(null, On.EVERYTHING);

    private HostileProxy(URI behind) {
        this.behind = behind;
        this.upstream = new Upstream(behind);
    }

    /** What is wrong just now; requests that hang wait for its end. */
    private record Trouble(@Nullable Fault fault, On on, CountDownLatch end) {
        Trouble(@Nullable Fault fault, On on) {
            this(fault, on, new CountDownLatch(1));
        }

        boolean pauses(long millis) throws InterruptedException {
            return !end.await(millis, TimeUnit.MILLISECONDS);
        }
    }

    /** A proxy in front of a server, given by its service base URL. */
    public static HostileProxy before(URI server) {
        return new HostileProxy(server);
    }

    /** The service base URL to give to the adapter. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + door.port() + behind.getRawPath());
    }

    /** How many requests have come. */
    public long requests() {
        return requests.get();
    }

    /** Those of them that may change something, one text each: equal for equal requests. */
    public List<String> writes() {
        return List.copyOf(writes);
    }

    /** How many requests have followed a link to the other host. */
    public long strays() {
        return strays.get();
    }

    /** How many bytes of {@link Fault#HUGE} answers have been taken. */
    public long hugeBytes() {
        return hugeBytes.get();
    }

    /** Misbehaves like this from now on. */
    public void fault(Fault fault, On on) {
        turn(new Trouble(fault, on));
        if (fault == Fault.DOWN && on == On.EVERYTHING) {
            door.shut();
        }
    }

    /** Behaves again. */
    public void recover() {
        turn(new Trouble(null, On.EVERYTHING));
        door.open();
    }

    @Override
    public void close() {
        turn(new Trouble(null, On.EVERYTHING));
        door.close();
        elsewhere.close();
        upstream.close();
    }

    private void turn(Trouble next) {
        var last = trouble;
        trouble = next;
        last.end().countDown();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = Asked.of(exchange);
            boolean write = asked.isWrite(behind.getRawPath());
            requests.incrementAndGet();
            if (write) {
                writes.add(asked.line());
            }
            var now = trouble;
            if (now.fault() == null || (now.on() == On.WRITES && !write)) {
                upstream.ask(asked, url()).send(exchange);
            } else {
                misbehave(now.fault(), now, asked, exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void misbehave(Fault fault, Trouble now, Asked asked, HttpExchange exchange)
            throws IOException, InterruptedException {
        switch (fault) {
            case DOWN -> {} // closing without an answer is all that a server can still do
            case HANGS -> now.end().await();
            case LOSES_ANSWERS -> {
                upstream.ask(asked, url());
                now.end().await();
            }
            case DROPS_CONNECTIONS -> upstream.ask(asked, url());
            case CUTS_OFF -> upstream.ask(asked, url()).sendHalf(exchange);
            case HUGE -> Nonsense.huge(exchange, hugeBytes);
            case SLOW -> {
                if (now.pauses(Fault.SLOW_MILLIS)) {
                    upstream.ask(asked, url()).send(exchange);
                }
            }
            default -> wrong(fault, asked).send(exchange);
        }
    }

    private Answer wrong(Fault fault, Asked asked) throws IOException {
        return switch (fault) {
            case BUSY -> Nonsense.outcome(429);
            case BUSY_FOR_LONG -> Nonsense.busyForLong();
            case FORBIDS -> Nonsense.outcome(403);
            case FAILS -> Nonsense.outcome(500);
            case ANSWERS_HTML -> Nonsense.html();
            case ANSWERS_OUTCOME -> Nonsense.outcome(200);
            case REDIRECTS -> Nonsense.outcome(307).with("Location", away(asked));
            case LEADS_AWAY -> TamperedBundle.withNext(upstream.ask(asked, url()), away(asked));
            case LOOPS -> TamperedBundle.withNext(upstream.ask(asked, url()), here(asked));
            case MISCOUNTS -> TamperedBundle.withTotal(upstream.ask(asked, url()), Fault.WRONG_TOTAL);
            case IGNORES_FILTERS -> upstream.ask(Unfiltered.of(asked), url());
            default -> throw new IllegalStateException(fault + " is no answer");
        };
    }

    private void stray(HttpExchange exchange) throws IOException {
        try (exchange) {
            strays.incrementAndGet();
            Nonsense.outcome(200).send(exchange);
        }
    }

    private String here(Asked asked) {
        return "http://127.0.0.1:" + door.port() + asked.target();
    }

    private String away(Asked asked) {
        return "http://127.0.0.1:" + elsewhere.port() + asked.target();
    }
}
