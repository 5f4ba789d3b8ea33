package org.ehrhub.adapters;

import java.util.function.Supplier;

/**
 * A password, key or token of the configuration. It never shows itself: only {@link #reveal()} gives the value, at the
 * place where it goes on the wire.
 */
public final class Secret {
    private final Supplier<String> source;

    private Secret(Supplier<String> source) {
        this.source = source;
    }

    /** A secret that is read anew at each use, so a rotated file is picked up. */
    public static Secret from(Supplier<String> source) {
        return new Secret(source);
    }

    /** The value. */
    public String reveal() {
        return source.get();
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
