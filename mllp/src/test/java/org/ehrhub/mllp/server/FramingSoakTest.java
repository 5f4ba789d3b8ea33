package org.ehrhub.mllp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.ehrhub.mllp.framing.ControlIds;
import org.ehrhub.mllp.framing.Reply;
import org.junit.jupiter.api.Test;

/** Many streams that went wrong on the way, each through a whole connection; {@code -Dsoak.streams} says how many. */
class FramingSoakTest {
    private static final long STREAMS = Long.getLong("soak.streams", 100_000);
    private static final int WORKERS = 2;
    private static final long MOST_MORE_BYTES = 24L * 1024 * 1024;
    private static final int MOST_FAULTS = 5;

    private final Reply reply = new Reply(Clock.systemUTC(), new ControlIds());
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong untouched = new AtomicLong();

    @Test
    void losesNoGoodMessageAndAnswersNoneWrongly() throws Exception {
        var faults = new ArrayList<String>();
        work(STREAMS / 10, faults);
        assertThat(faults).isEmpty();
        long before = usedAfterCollection();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();

        work(STREAMS, faults);

        assertThat(faults).isEmpty();
        assertThat(next).hasValueGreaterThanOrEqualTo(STREAMS);
        assertThat(untouched).hasValueGreaterThan(STREAMS);
        assertThat(usedAfterCollection() - before).as("bytes that stay").isLessThan(MOST_MORE_BYTES);
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThanOrEqualTo(threads);
    }

    private void work(long until, List<String> faults) throws Exception {
        Callable<List<String>> worker = () -> worked(until);
        try (var workers = Executors.newFixedThreadPool(WORKERS)) {
            for (var done : workers.invokeAll(
                    IntStream.range(0, WORKERS).mapToObj(i -> worker).toList())) {
                faults.addAll(done.get());
            }
        }
    }

    private List<String> worked(long until) {
        var faults = new ArrayList<String>();
        for (long number = next.getAndIncrement();
                number < until && faults.size() < MOST_FAULTS;
                number = next.getAndIncrement()) {
            var found = faults(MutatedStream.of(number));
            if (!found.isEmpty()) {
                faults.add("stream " + number + ": " + found);
            }
        }
        return faults;
    }

    private List<String> faults(MutatedStream stream) {
        untouched.addAndGet(stream.untouched().size());
        var received = new ArrayList<byte[]>();
        var socket = new MemorySocket(stream.pieces());
        MessageReceiver receiver = message -> {
            received.add(message.content());
            return Answer.DONE;
        };
        var service = new Service(ServerSettings.at("127.0.0.1", 0), receiver, new Replies(reply), new Pace(0), null);
        new Connection(socket, service).run();
        var faults = Oracle.faults(stream, received, socket.written());
        if (!socket.isClosed()) {
            faults.add("the connection is open");
        }
        return faults;
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
