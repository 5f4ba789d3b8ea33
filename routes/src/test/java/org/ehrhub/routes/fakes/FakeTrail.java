package org.ehrhub.routes.fakes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.AuditTrail;

/** An audit trail in memory that can be told to fail. */
public final class FakeTrail implements AuditTrail {
    private final List<AuditTrail.Record> records = new ArrayList<>();
    private volatile Set<Stage> broken = Set.of();

    @Override
    public synchronized void keep(AuditTrail.Record record) {
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
    public synchronized List<AuditTrail.Record> records() {
        return List.copyOf(records);
    }

    @Override
    public void close() {}
}
