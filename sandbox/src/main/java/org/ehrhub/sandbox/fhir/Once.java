package org.ehrhub.sandbox.fhir;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value made at its first use, by one thread, and kept. */
public final class Once<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile @Nullable T value;

    /** A value this maker will make. */
    public Once(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T made = value;
        return made == null ? make() : made;
    }

    private synchronized T make() {
        T made = value;
        if (made == null) {
            made = maker.get();
            value = made;
        }
        return made;
    }
}
