package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Resource;

/** Everything one site holds: a shelf for each type it knows. Searches share a lock, writes hold it alone. */
public final class ResourceStore {
    private final Map<String, Shelf> shelves = new TreeMap<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Clock clock;

    /** A store of the types of the seed; its suppliers are asked at most once, when a type is first used. */
    public ResourceStore(FhirContext fhir, Habits habits, Clock clock, Map<String, Supplier<List<Resource>>> seed) {
        this.clock = Clock.tick(clock, Duration.ofMillis(1));
        Instant now = now();
        seed.forEach((type, supplier) -> shelves.put(type, new Shelf(type, fhir, habits.zone(), supplier, now)));
    }

    Map<String, Shelf> shelves() {
        return shelves;
    }

    /** Generates the types named, so that the first request need not. */
    public void warm(List<String> types) {
        types.forEach(type -> shelf(type).all());
    }

    Shelf shelf(String type) {
        Shelf shelf = shelves.get(type);
        if (shelf == null) {
            throw new ResourceNotFoundException("This server has no resource type of that name; see /metadata");
        }
        return shelf;
    }

    /** Ids are never used again, not even by the next sandbox, whose records are others. */
    String newId() {
        return UUID.randomUUID().toString();
    }

    Instant now() {
        return clock.instant();
    }

    <T> T reading(Supplier<T> work) {
        return holding(lock.readLock(), work);
    }

    <T> T writing(Supplier<T> work) {
        return holding(lock.writeLock(), work);
    }

    private static <T> T holding(Lock lock, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
