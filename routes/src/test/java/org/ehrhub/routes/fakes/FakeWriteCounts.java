package org.ehrhub.routes.fakes;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.policy.WriteCounts;

/** Counts in memory. */
public final class FakeWriteCounts implements WriteCounts {
    private final Map<String, Integer> counts = new HashMap<>();

    @Override
    public synchronized Optional<String> take(LocalDate day, List<Quota> quotas) {
        var full = quotas.stream()
                .filter(quota -> used(day, quota.name()) >= quota.most())
                .map(Quota::name)
                .findFirst();
        if (full.isEmpty()) {
            quotas.forEach(quota -> counts.merge(day + quota.name(), 1, Integer::sum));
        }
        return full;
    }

    @Override
    public synchronized void giveBack(LocalDate day, List<Quota> quotas) {
        quotas.forEach(quota -> counts.merge(day + quota.name(), -1, Integer::sum));
    }

    @Override
    public synchronized int used(LocalDate day, String name) {
        return counts.getOrDefault(day + name, 0);
    }
}
