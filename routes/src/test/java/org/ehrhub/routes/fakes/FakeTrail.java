package org.ehrhub.routes.fakes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.AuditTrail;

/** An audit trail in memory that can be told to fail; as a file, it cannot be written by an interrupted thread. */
public final class FakeTrail implements AuditTrail {
    private final List<AuditTrail.Entry> records = new ArrayList<>();
    private volatile Set<Stage> broken = Set.of();

    @Override
    public synchronized void keep(AuditTrail.Entry record) {
        if (Thread.currentThread().isInterrupted()) {
            throw new UncheckedIOException(new ClosedByInterruptException());
        }
        if (broken.contains(record.stage())) {
            throw new UncheckedIOException(new IOException("disk full"));
        }
        records.add(record);
    }

    /** From now on records of these stages cannot be kept. */
    public void breakAt(Stage... stages) {
        broken = Set.of(stages);
    }

    /** What was kept, in its order. */
    public synchronized List<AuditTrail.Entry> records() {
        return List.copyOf(records);
    }

    @Override
    public void close() {}
}
