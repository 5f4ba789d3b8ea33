package org.ehrhub.tools;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The records read for one call that their EHR holds to be sensitive. An adapter notes them while it reads, whether they
 * will be shown or not; the hub leaves out what the caller may not see. Safe for use by many threads.
 */
public final class SensitiveRecords {
    private final Map<Reference, Set<Sensitivity>> byRecord = new ConcurrentHashMap<>();
    private final Set<Reference> closed = ConcurrentHashMap.newKeySet();
    private final Set<Sensitivity> everything = ConcurrentHashMap.newKeySet();

    /** Notes that a record is sensitive, for these reasons as well; none says nothing. */
    public void note(Reference record, Set<Sensitivity> reasons) {
        if (!reasons.isEmpty()) {
            byRecord.merge(record, Set.copyOf(reasons), SensitiveRecords::both);
        }
    }

    /** Notes that something sensitive was read that no reference can name, so that the whole answer is. */
    public void noteAll(Set<Sensitivity> reasons) {
        everything.addAll(reasons);
    }

    /** Notes that a record is shown to nobody by this call, whatever policy shows of what is sensitive. */
    public void close(Reference record) {
        closed.add(record);
    }

    /** Whether a record is shown to nobody by this call. */
    public boolean isClosed(Reference record) {
        return closed.contains(record);
    }

    /** Why a record is sensitive; nothing where it is not. */
    public Set<Sensitivity> of(Reference record) {
        return byRecord.getOrDefault(record, Set.of());
    }

    /** Why the whole answer is. */
    public Set<Sensitivity> ofAll() {
        return Set.copyOf(everything);
    }

    /** Whether nothing sensitive was read. */
    public boolean isEmpty() {
        return byRecord.isEmpty() && everything.isEmpty() && closed.isEmpty();
    }

    private static Set<Sensitivity> both(Set<Sensitivity> one, Set<Sensitivity> other) {
        var all = EnumSet.copyOf(one);
        all.addAll(other);
        return Set.copyOf(all);
    }
}
