package org.ehrhub.store;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A part of the store that begins when it is first asked for. */
final class FirstUse<T> {
    private final Supplier<T> opening;
    private @Nullable T part;
    private boolean closed;

    FirstUse(Supplier<T> opening) {
        this.opening = opening;
    }

    /**
     * The part.
     *
     * @throws IllegalStateException when the store is closed
     */
    synchronized T get() {
        if (closed) {
            throw new IllegalStateException("The store is closed");
        }
        var found = part;
        if (found == null) {
            found = opening.get();
            part = found;
        }
        return found;
    }

    /** Gives it no more; what there is to be closed, if it has begun. */
    synchronized @Nullable T end() {
        closed = true;
        return part;
    }
}
