package org.ehrhub.sandbox;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** One EHR of the sandbox, as a test sees it: how often it was asked and written to, and how it misbehaves. */
public final class Site {
    private final String name;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Fault fault = Fault.NONE;

    Site(String name) {
        this.name = name;
    }

    /** The first segment of its addresses: {@code stmarys} or {@code lakeside}. */
    public String name() {
        return name;
    }

    /** How many HTTP requests have reached it, answered or not. */
    public long requests() {
        return requests.get();
    }

    /** How many of them could have changed something: searches and reading operations by POST are none. */
    public long writes() {
        return writes.get();
    }

    /** Makes the site misbehave from the next request on, or behave again; requests that hang go on at once. */
    public void fault(Fault next) {
        lock.lock();
        try {
            fault = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether searches are answered with everybody's records at present. */
    boolean ignoresFilters() {
        lock.lock();
        try {
            return fault == Fault.IGNORES_FILTERS;
        } finally {
            lock.unlock();
        }
    }

    /** Counts a request and holds it while the site hangs; answers what the site does then. */
    Fault arrived(boolean write) throws InterruptedException {
        requests.incrementAndGet();
        if (write) {
            writes.incrementAndGet();
        }
        lock.lock();
        try {
            while (fault == Fault.HANG) {
                changed.await();
            }
            return fault;
        } finally {
            lock.unlock();
        }
    }
}
