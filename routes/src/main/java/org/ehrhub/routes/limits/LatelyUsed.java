package org.ehrhub.routes.limits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is known of the callers who came last; of more than {@value #MOST}, those that can be spared are forgotten. */
final class LatelyUsed<T> {
    private static final int MOST = 10_000;

    private final Map<String, T> byName = new LinkedHashMap<>(16, 0.75f, true);
    private final Supplier<T> fresh;
    private final Predicate<T> spare;

    LatelyUsed(Supplier<T> fresh, Predicate<T> spare) {
        this.fresh = fresh;
        this.spare = spare;
    }

    synchronized T of(String name) {
        var known = byName.get(name);
        if (known != null) {
            return known;
        }
        if (byName.size() >= MOST) {
            spareOne();
        }
        var one = fresh.get();
        byName.put(name, one);
        return one;
    }

    private void spareOne() {
        byName.entrySet().stream()
                .filter(one -> spare.test(one.getValue()))
                .findFirst()
                .map(Map.Entry::getKey)
                .ifPresent(byName::remove);
    }

    synchronized int size() {
        return byName.size();
    }
}
