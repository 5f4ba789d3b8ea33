package org.ehrhub.mllp.framing;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for own messages (MSH-10), of which no two are the same: not in this process, and hardly with any other. Ten
 * characters of the process, and a number that counts up; never more than the twenty that HL7 before v2.7 allows.
 */
public final class ControlIds {
    private static final int RADIX = 36;
    private static final int OWN = 10;

    private final String own;
    private final AtomicLong number = new AtomicLong();

    /** Names of a process that begins now. */
    public ControlIds() {
        var random = new SecureRandom();
        var text = new StringBuilder(OWN);
        for (int i = 0; i < OWN; i++) {
            text.append(Character.forDigit(random.nextInt(RADIX), RADIX));
        }
        own = text.toString().toUpperCase(Locale.ROOT);
    }

    /** The next one. */
    public String next() {
        return own + Long.toString(number.incrementAndGet(), RADIX).toUpperCase(Locale.ROOT);
    }
}
