package org.ehrhub.fhir.documents;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;

/**
 * Gets the text out of files, {@value #AT_ONCE} at a time, each on a thread of its own that is not waited for beyond the
 * call's deadline: a file may be made to keep its reader busy.
 */
final class TextExtraction {
    private static final int AT_ONCE = 2;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration SPARE = Duration.ofMillis(200);
    private static final long STACK = 4L * 1024 * 1024;

    private final InstantSource clock;
    private final Semaphore free = new Semaphore(AT_ONCE);

    TextExtraction(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The text of a file.
     *
     * @throws EhrFailure {@code UNSUPPORTED} when it holds none that the hub can read
     */
    ExtractedText of(DocumentFile file, CallContext call) {
        var time = time(call);
        var effort = new Effort(time);
        var work = new FutureTask<>(holdingOne(() -> FileKind.of(file.type()).text(file, effort)));
        if (!time.isPositive() || !acquired(time)) {
            throw late();
        }
        new Thread(null, work, "document-text", STACK).start();
        try {
            return readable(work.get(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNull(e.getCause()));
        } catch (TimeoutException e) {
            throw late();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late();
        }
    }

    private Duration time(CallContext call) {
        var left = call.remaining(clock).minus(SPARE);
        return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }

    private boolean acquired(Duration time) {
        try {
            return free.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Callable<ExtractedText> holdingOne(Callable<ExtractedText> work) {
        return () -> {
            try {
                return work.call();
            } finally {
                free.release();
            }
        };
    }

    private static ExtractedText readable(ExtractedText text) {
        if (text.text().isEmpty()) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The file holds no text that the hub can read; it may be a scan.",
                    "Open this document in the EHR itself.");
        }
        return text;
    }

    /** Readers of files stumble over what is broken in more ways than they declare. */
    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof EhrFailure known) {
            return known;
        }
        if (cause instanceof Error fault && !(fault instanceof StackOverflowError)) {
            throw fault;
        }
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The file is broken, or not what it claims to be.",
                "Open this document in the EHR itself.");
    }

    private static EhrFailure late() {
        return new EhrFailure(
                ErrorCode.EHR_UNAVAILABLE,
                "The text of the file could not be got in time.",
                "Try again later, or open this document in the EHR itself.");
    }
}
