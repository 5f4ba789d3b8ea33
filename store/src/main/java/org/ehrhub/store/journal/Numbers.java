package org.ehrhub.store.journal;

import java.nio.ByteBuffer;
import java.util.stream.LongStream;

/** Numbers in a column of bytes, eight bytes each. */
final class Numbers {
    private Numbers() {}

    static byte[] bytes(LongStream numbers) {
        var all = numbers.distinct().sorted().toArray();
        var bytes = ByteBuffer.allocate(all.length * Long.BYTES);
        bytes.asLongBuffer().put(all);
        return bytes.array();
    }

    static long[] of(byte[] bytes) {
        var numbers = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(numbers);
        return numbers;
    }
}
