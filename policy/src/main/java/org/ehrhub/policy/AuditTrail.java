package org.ehrhub.policy;

import java.time.Instant;
import java.util.List;

/** Keeps what was done, by whom, on which record; append-only. A call whose record cannot be kept is not answered. */
public interface AuditTrail extends AutoCloseable {
    /**
     * Keeps a record.
     *
     * @throws java.io.UncheckedIOException when it cannot be kept
     */
    void keep(Entry entry);

    @Override
    void close();

    /**
     * One record of the trail. Holds references, never names, dates or text of a chart.
     *
     * @param at when
     * @param callId the call's id, the same before and after a write
     * @param stage where the call was
     * @param subject who called
     * @param tool what was called
     * @param ehrs which EHRs it went to
     * @param reference the records it was about and those it showed, separated by spaces; or the empty text
     * @param outcome the error code of a call that ended early, else {@code ehr=ok}, {@code ehr=pending} or {@code ehr=CODE} of
     *     each EHR, separated by spaces; empty before a write
     */
    record Entry(
            Instant at,
            String callId,
            Stage stage,
            String subject,
            String tool,
            List<String> ehrs,
            String reference,
            String outcome) {
        /** Takes a copy. */
        public Entry {
            ehrs = List.copyOf(ehrs);
        }
    }

    /** Where a call is when a record is kept. */
    enum Stage {
        /** A write is about to be sent: durable before it is. */
        BEFORE_WRITE,
        /** A write has its outcome: durable before the answer leaves. */
        AFTER_WRITE,
        /** A read has its answer: kept before the answer leaves. */
        READ
    }
}
