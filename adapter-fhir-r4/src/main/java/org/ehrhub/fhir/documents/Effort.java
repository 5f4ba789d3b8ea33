package org.ehrhub.fhir.documents;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;

/**
 * How much time and memory the reading of one file may take: a few kilobytes can unfold to gigabytes. Memory is counted from
 * where the reading last came forward, since what it has left behind is free again.
 */
final class Effort {
    private static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final int EVERY = 64;
    private static final int PIECE = 4096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long end;
    private long before = -1;
    private int steps;

    Effort(Duration time) {
        this.end = System.nanoTime() + time.toNanos();
    }

    /**
     * The thread that reads has come forward.
     *
     * @throws EhrFailure {@code UNSUPPORTED} when it has taken too long
     */
    void progress() {
        if (steps++ % EVERY == 0) {
            check();
            before = threads.getCurrentThreadAllocatedBytes();
        }
    }

    /** The bytes of a file for a reader that takes them piece by piece, each of which is a step forward. */
    InputStream watched(byte[] bytes) {
        // Alone, a ByteArrayInputStream hands over all it has at once.
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                progress();
                return super.read(into, offset, Math.min(length, PIECE));
            }
        };
    }

    /**
     * The thread that reads needs more of the file.
     *
     * @throws EhrFailure {@code UNSUPPORTED} when it has taken too long or holds too much
     */
    void check() {
        long bytes = threads.getCurrentThreadAllocatedBytes();
        before = before < 0 ? bytes : before;
        if (System.nanoTime() - end > 0 || bytes - before > MOST_BYTES) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The file takes more time or memory to read than the hub gives it.",
                    "Open this document in the EHR itself.");
        }
    }
}
