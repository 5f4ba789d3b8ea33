package org.ehrhub.mllp.sockets;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses that begin alike, such as {@code 10.1.0.0/16} (RFC 4632) or {@code fd00::/8} (RFC 4291, 2.3). */
public final class AddressRange {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final byte[] begin;
    private final int bits;

    private AddressRange(byte[] begin, int bits) {
        this.begin = begin;
        this.bits = bits;
    }

    /**
     * The range of these words: an address, or one with the number of bits that count.
     *
     * @throws IllegalArgumentException when they are neither
     */
    public static AddressRange of(String words) {
        var parts = words.split("/", 2);
        if (!LITERAL.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException("Not an address: a host's name may come to mean another one");
        }
        var begin = InetAddress.ofLiteral(parts[0]).getAddress();
        int all = begin.length * Byte.SIZE;
        int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("An address of this kind has " + all + " bits");
        }
        return new AddressRange(begin, bits);
    }

    /** The ranges of words with commas between. */
    public static List<AddressRange> list(String words) {
        return Arrays.stream(words.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(AddressRange::of)
                .toList();
    }

    /** Whether an address lies in the range. */
    public boolean holds(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != begin.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((bytes[bit / Byte.SIZE] ^ begin[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
