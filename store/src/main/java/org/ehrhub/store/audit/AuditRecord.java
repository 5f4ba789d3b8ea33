package org.ehrhub.store.audit;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record of the trail as it is stored; the meaning of its parts is that of {@link org.ehrhub.policy.AuditTrail.Entry}.
 *
 * @param node the hub that kept it
 * @param seq its number in the chain of that hub, from 1
 * @param patients keyed hashes of the patients it was about, separated by spaces
 * @param records references to the other records, separated by spaces
 * @param durationMicros how long the call had taken, in microseconds
 * @param hash the digest of the record before it and of this one, 64 hexadecimal digits
 */
public record AuditRecord(
        String node,
        long seq,
        Instant at,
        String callId,
        String stage,
        String principal,
        @Nullable String onBehalfOf,
        @Nullable String client,
        @Nullable String purpose,
        String tool,
        String ehrs,
        String patients,
        String records,
        @Nullable String decision,
        @Nullable String rule,
        @Nullable String approval,
        @Nullable String downstream,
        String outcome,
        @Nullable Long durationMicros,
        @Nullable String traceId,
        String hash) {
    /** What comes before the first record of a chain. */
    static final String GENESIS = "0".repeat(64);

    /** Whether nothing that was asked went wrong; a write that is about to be sent counts. */
    boolean succeeded() {
        return Arrays.stream(outcome.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .allMatch(word -> word.endsWith("=ok") || word.endsWith("=pending"));
    }

    /** The same with its hash, as it follows a record of this hash. */
    AuditRecord after(String previous) {
        return new AuditRecord(
                node,
                seq,
                at,
                callId,
                stage,
                principal,
                onBehalfOf,
                client,
                purpose,
                tool,
                ehrs,
                patients,
                records,
                decision,
                rule,
                approval,
                downstream,
                outcome,
                durationMicros,
                traceId,
                hashAfter(previous, new Canonical()));
    }

    /** The digest of the record before it and of every part of this one, made by {@code canonical}, which holds nothing. */
    String hashAfter(String previous, Canonical canonical) {
        return addTo(canonical.add(previous)).sha256();
    }

    /** Adds every part of it but the hash. */
    Canonical addTo(Canonical canonical) {
        return canonical
                .add(node)
                .add(seq)
                .add(at.toEpochMilli())
                .add(callId)
                .add(stage)
                .add(principal)
                .add(onBehalfOf)
                .add(client)
                .add(purpose)
                .add(tool)
                .add(ehrs)
                .add(patients)
                .add(records)
                .add(decision)
                .add(rule)
                .add(approval)
                .add(downstream)
                .add(outcome)
                .add(durationMicros)
                .add(traceId);
    }
}
