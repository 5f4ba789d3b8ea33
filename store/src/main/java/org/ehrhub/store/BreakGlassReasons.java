package org.ehrhub.store;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Circumstances;
import org.ehrhub.policy.AuditTrail.Entry;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.store.Payloads.Column;
import org.ehrhub.store.audit.AuditRecord;
import org.jspecify.annotations.Nullable;

/**
 * Why people opened closed charts or had messages worked again, the one text of the trail that a person wrote and that may speak of a
 * patient: encrypted before it is kept, so that the trail is proved, copied and exported without it, and shown where the keys are.
 */
public final class BreakGlassReasons {
    private static final String REPLAY = "journal.replay";

    private final @Nullable Payloads payloads;

    BreakGlassReasons(@Nullable Payloads payloads) {
        this.payloads = payloads;
    }

    /** Those of a trail that is read while no hub runs; without their keys they stay sealed. */
    public static BreakGlassReasons in(StoreSettings settings, Path dataDirectory) {
        try {
            return new BreakGlassReasons(new Payloads(KeyFile.read(Payloads.file(settings, dataDirectory))));
        } catch (UncheckedIOException e) {
            return new BreakGlassReasons(null);
        }
    }

    /** A trail in which they are sealed. */
    static AuditTrail sealed(AuditTrail trail, Payloads payloads) {
        return new AuditTrail() {
            @Override
            public void keep(Entry entry) {
                trail.keep(hasReason(entry.stage().name(), entry.tool()) ? sealed(entry, payloads) : entry);
            }

            @Override
            public void close() {
                trail.close();
            }
        };
    }

    private static boolean hasReason(String stage, String tool) {
        return stage.equals(Stage.BREAK_GLASS.name()) || tool.equals(REPLAY);
    }

    private static Entry sealed(Entry entry, Payloads payloads) {
        var more = entry.circumstances();
        var reason = more.decision();
        return new Entry(
                entry.at(),
                entry.callId(),
                entry.stage(),
                entry.principal(),
                entry.tool(),
                entry.ehrs(),
                entry.reference(),
                entry.outcome(),
                new Circumstances(
                        more.onBehalfOf(),
                        more.client(),
                        more.purpose(),
                        reason == null ? null : payloads.seal(Column.AUDIT_REASON, entry.callId(), reason),
                        more.rule(),
                        more.approval(),
                        more.downstream(),
                        more.duration(),
                        more.traceId()));
    }

    /** The reason of a record, on one line; empty where it has none. */
    public String of(AuditRecord record) {
        var sealed = record.decision();
        if (!hasReason(record.stage(), record.tool()) || sealed == null) {
            return "";
        }
        if (payloads == null) {
            return "(sealed, and the key file cannot be used)";
        }
        try {
            return payloads.open(Column.AUDIT_REASON, record.callId(), sealed).replaceAll("\\p{Cntrl}", " ");
        } catch (UncheckedIOException e) {
            return "(" + Objects.requireNonNull(e.getCause()).getMessage() + ")";
        }
    }
}
