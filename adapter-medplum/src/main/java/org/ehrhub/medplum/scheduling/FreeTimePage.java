package org.ehrhub.medplum.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.appointments.Slot;
import org.jspecify.annotations.Nullable;

/** One page of free times that is being filled: as many as are wanted, and the place of the next one. */
final class FreeTimePage {
    private static final int MOST_QUESTIONS = 60;
    private static final Duration SPARE = Duration.ofMillis(100);

    private final int limit;
    private final CallContext call;
    private final InstantSource clock;
    private final Instant begun;
    private final List<Slot> rows = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Place next;
    private @Nullable Place asked;
    private @Nullable EhrFailure refusal;
    private boolean truncated;
    private int refused;
    private int given;
    private int questions;

    FreeTimePage(int limit, CallContext call, InstantSource clock) {
        this.limit = limit;
        this.call = call;
        this.clock = clock;
        this.begun = clock.instant();
    }

    CallContext call() {
        return call;
    }

    /** Whether more may be put on it: one row beyond the last says where the next page begins. */
    boolean isOpen() {
        return next == null;
    }

    /** How many rows it still takes; nothing when only the next one's place is missing. */
    int room() {
        return limit - rows.size();
    }

    /** Says that the EHR is to be asked about a place now; not any more where there is no time for it. */
    boolean mayAsk(Place place) {
        asked = place;
        if (questions > 0 && (questions >= MOST_QUESTIONS || isLate())) {
            next = place;
            return false;
        }
        questions++;
        return true;
    }

    /** Takes a row, or its place where there is no room for it. */
    void take(Slot row, Place place) {
        if (room() > 0) {
            rows.add(row);
        } else if (next == null) {
            next = place;
        }
    }

    /** Goes on at this place next time. */
    void stopAt(Place place) {
        next = place;
    }

    /** Takes over what must be known about rows. */
    void warn(List<String> more, boolean rowsMissing) {
        more.stream().filter(warning -> !warnings.contains(warning)).forEach(warnings::add);
        truncated |= rowsMissing;
    }

    /** Says that a diary gave what it has. */
    void done() {
        given++;
    }

    /**
     * Sees what a failure at the last question means for the page.
     *
     * @throws EhrFailure where it leaves nothing to be given
     */
    void failed(EhrFailure failure) {
        if (failure.code() == ErrorCode.UNSUPPORTED) {
            refused++;
            refusal = failure;
        } else if (rows.isEmpty() || !failure.code().retryable()) {
            throw failure;
        } else {
            next = asked;
        }
    }

    /**
     * The page.
     *
     * @throws EhrFailure when the EHR refused all that it was asked
     */
    Page<Slot> page() {
        if (refusal != null && given == 0 && rows.isEmpty() && next == null) {
            throw refusal;
        }
        if (refused > 0) {
            warnings.add(("The EHR refuses to work out the free times of %d schedules, which are missing here: their"
                            + " scheduling parameters, time zone or actor are not as it needs them.")
                    .formatted(refused));
        }
        return new Page<>(rows, null, next == null ? null : next.text(), warnings, truncated || refused > 0);
    }

    private boolean isLate() {
        var each = Duration.between(begun, clock.instant()).dividedBy(questions);
        return call.remaining(clock).compareTo(each.multipliedBy(2).plus(SPARE)) < 0;
    }
}
