package org.ehrhub.adapters;

import java.util.regex.Pattern;

/**
 * A size in an adapter's settings, written {@code 512KB} or {@code 20MB}.
 *
 * @param bytes how many; a KB is 1024
 */
public record ByteSize(long bytes) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(B|KB|MB|GB)");
    private static final int KILO = 1024;

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static ByteSize parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be a size such as 512KB or 20MB");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "B" -> new ByteSize(amount);
            case "KB" -> ofKilobytes(amount);
            case "MB" -> ofMegabytes(amount);
            default -> ofMegabytes(amount * KILO);
        };
    }

    /** So many KB. */
    public static ByteSize ofKilobytes(long amount) {
        return new ByteSize(amount * KILO);
    }

    /** So many MB. */
    public static ByteSize ofMegabytes(long amount) {
        return ofKilobytes(amount * KILO);
    }
}
