package org.ehrhub.store.audit;

/** Records as somebody would forge them. */
final class AuditRecordCopies {
    private AuditRecordCopies() {}

    static AuditRecord of(AuditRecord record, String principal) {
        return copy(record, record.seq(), principal);
    }

    static AuditRecord numbered(AuditRecord record, long seq) {
        return copy(record, seq, record.principal());
    }

    private static AuditRecord copy(AuditRecord record, long seq, String principal) {
        return new AuditRecord(
                record.node(),
                seq,
                record.at(),
                record.callId(),
                record.stage(),
                principal,
                record.onBehalfOf(),
                record.client(),
                record.purpose(),
                record.tool(),
                record.ehrs(),
                record.patients(),
                record.records(),
                record.decision(),
                record.rule(),
                record.approval(),
                record.downstream(),
                record.outcome(),
                record.durationMicros(),
                record.traceId(),
                "");
    }
}
