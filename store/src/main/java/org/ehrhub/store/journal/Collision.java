package org.ehrhub.store.journal;

import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/** Two transactions met, of this hub or of two; one of them is undone and tried anew. */
final class Collision extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int TRIES = 10;

    private Collision(Throwable cause) {
        super(cause);
    }

    /** Does a part of a transaction. */
    static <T> T noticed(Supplier<T> part) {
        try {
            return part.get();
        } catch (DuplicateKeyException | ConcurrencyFailureException e) {
            throw new Collision(e);
        }
    }

    /** Does a whole transaction. */
    static <T> T retried(Supplier<T> transaction) {
        for (var left = TRIES; ; left--) {
            try {
                return transaction.get();
            } catch (Collision e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }
}
