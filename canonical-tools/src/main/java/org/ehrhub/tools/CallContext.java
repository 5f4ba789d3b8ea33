package org.ehrhub.tools;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds one call of one handler.
 *
 * @param callId the hub's id of the call: in the audit trail, in logs, and in answers about faults
 * @param caller who is calling
 * @param deadline when the answer is no longer waited for; a handler gives up before then
 * @param cursorOrNull where this EHR's list goes on, in the words the same adapter used in {@link Page#next()}
 * @param writeKeyOrNull for a write, the hub's key of it, unique to principal, tool, EHR and the caller's idempotency key:
 *     at most 64 letters and digits; where an EHR's field is shorter, its adapter stores a digest of it
 * @param trace where the call stands in a trace; goes with what an adapter sends to its EHR
 * @param downstream where an adapter notes how it asked its EHR
 * @param sensitive where an adapter notes which of the records that it reads are sensitive
 * @param approvedByOrNull who approved the call, as {@link Caller#principal} writes it; none where nobody was asked
 */
public record CallContext(
        String callId,
        Caller caller,
        Instant deadline,
        @Nullable String cursorOrNull,
        @Nullable String writeKeyOrNull,
        TraceContext trace,
        Downstream downstream,
        SensitiveRecords sensitive,
        @Nullable String approvedByOrNull) {

    /** A context of a call that begins a trace. */
    public CallContext(
            String callId,
            Caller caller,
            Instant deadline,
            @Nullable String cursorOrNull,
            @Nullable String writeKeyOrNull) {
        this(
                callId,
                caller,
                deadline,
                cursorOrNull,
                writeKeyOrNull,
                TraceContext.begun(),
                new Downstream(),
                new SensitiveRecords(),
                null);
    }

    /** A context for a read without a cursor. */
    public CallContext(String callId, Caller caller, Instant deadline) {
        this(callId, caller, deadline, null, null);
    }

    /** A context for a call that belongs to a trace. */
    public CallContext(String callId, Caller caller, Instant deadline, TraceContext trace) {
        this(callId, caller, deadline, null, null, trace, new Downstream(), new SensitiveRecords(), null);
    }

    /**
     * Where this EHR's list goes on; empty for the first page. A handler that can no longer read on from there fails with
     * {@link ErrorCode#INVALID_INPUT}, naming {@code cursor}.
     */
    public Optional<String> cursor() {
        return Optional.ofNullable(cursorOrNull);
    }

    /**
     * The hub's key of this write, to be stored with what is written so that {@code reconcile} finds it.
     *
     * @throws IllegalStateException when the call is a read
     */
    public String writeKey() {
        if (writeKeyOrNull == null) {
            throw new IllegalStateException("A read has no write key");
        }
        return writeKeyOrNull;
    }

    /** The time left, never negative. */
    public Duration remaining(InstantSource clock) {
        var left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The same call going on at a place in one EHR's list. */
    public CallContext at(@Nullable String cursor) {
        return new CallContext(
                callId, caller, deadline, cursor, writeKeyOrNull, trace, downstream, sensitive, approvedByOrNull);
    }

    /** The same call as a write with its key. */
    public CallContext writing(String writeKey) {
        return new CallContext(
                callId, caller, deadline, cursorOrNull, writeKey, trace, downstream, sensitive, approvedByOrNull);
    }

    /** The same call, which somebody approved. */
    public CallContext approved(@Nullable String by) {
        return new CallContext(
                callId, caller, deadline, cursorOrNull, writeKeyOrNull, trace, downstream, sensitive, by);
    }

    /** The same call with another deadline. */
    public CallContext until(Instant other) {
        return new CallContext(
                callId, caller, other, cursorOrNull, writeKeyOrNull, trace, downstream, sensitive, approvedByOrNull);
    }

    /** The same call as another part of its trace. */
    public CallContext traced(TraceContext part) {
        return new CallContext(
                callId, caller, deadline, cursorOrNull, writeKeyOrNull, part, downstream, sensitive, approvedByOrNull);
    }
}
