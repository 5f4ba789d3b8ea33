package org.ehrhub.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * One record of the trail. Holds references, never names, dates or text of a chart; the trail keeps references to patients
     * as a keyed hash only.
     *
     * @param at when
     * @param callId the call's id, the same before and after a write
     * @param stage where the call was
     * @param principal who called, together with who vouches for it: where one acts in another's name, who acts
     * @param tool what was called
     * @param ehrs which EHRs it went to
     * @param reference the records it was about and those it showed, separated by spaces; or the empty text
     * @param outcome the error code of a call that ended early, else {@code ehr=ok}, {@code ehr=pending} or {@code ehr=CODE} of
     *     each EHR, separated by spaces; empty before a write
     * @param circumstances what else is known of the call
     */
    record Entry(
            Instant at,
            String callId,
            Stage stage,
            String principal,
            String tool,
            List<String> ehrs,
            String reference,
            String outcome,
            Circumstances circumstances) {
        /** Takes a copy. */
        public Entry {
            ehrs = List.copyOf(ehrs);
        }
    }

    /**
     * What surrounds a call; each part is absent where nobody said.
     *
     * @param onBehalfOf in whose name, together with who vouches for it: the principal of policy, limits and approvals
     * @param client the program that called for the principal
     * @param purpose why, a code of HL7 v3 PurposeOfUse
     * @param decision what policy said of the call
     * @param rule the rule of policy that said so
     * @param approval the approval under which the call was made
     * @param downstream how the EHR was asked, its status and the version of the record, separated by spaces
     * @param duration how long the call had taken
     * @param traceId the trace that the call belongs to (W3C Trace Context)
     */
    record Circumstances(
            @Nullable String onBehalfOf,
            @Nullable String client,
            @Nullable String purpose,
            @Nullable String decision,
            @Nullable String rule,
            @Nullable String approval,
            @Nullable String downstream,
            @Nullable Duration duration,
            @Nullable String traceId) {
        /** Nothing is known. */
        public static final Circumstances UNKNOWN =
                new Circumstances(null, null, null, null, null, null, null, null, null);
    }

    /** Where a call is when a record is kept. */
    enum Stage {
        /** A write is about to be sent: durable before it is. */
        BEFORE_WRITE,
        /** A write has its outcome: durable before the answer leaves. */
        AFTER_WRITE,
        /** A person opens a closed chart, and says why: durable before anything of it is read. */
        BREAK_GLASS,
        /** A read has its answer: durable before the answer leaves. */
        READ
    }
}
