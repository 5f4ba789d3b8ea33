package org.ehrhub.mllp.server;

import static org.ehrhub.mllp.Messages.bytes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The bytes of a few messages, changed in a few places, as the number of the stream says: the same number always gives the same
 * stream. It knows which messages were left as they were.
 */
final class MutatedStream {
    private static final int NOBODY = -1;
    private static final byte[] BEGIN = bytes("\u000bMSH|^~");
    private static final byte[] SPECIAL = {0x0B, 0x1C, '\r', '\n', '|', 'M', 'S', 'H', 0, (byte) 0xFF};

    private final SplittableRandom random;
    private final List<Sent> sent = new ArrayList<>();
    private final BitSet touched = new BitSet();
    private boolean pauses;
    private byte[] stream = {};
    private int[] owners = {};

    /**
     * A message of the stream.
     *
     * @param controlId its MSH-10, which stands in other fields too
     * @param content its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by its control id alone
    record Sent(String controlId, byte[] content) {}

    private MutatedStream(long number) {
        random = new SplittableRandom(number);
        pauses = random.nextInt(4) == 0;
    }

    static MutatedStream of(long number) {
        var stream = new MutatedStream(number);
        int messages = 2 + stream.random.nextInt(4);
        for (int i = 0; i < messages; i++) {
            stream.append(stream.message(i));
        }
        int mutations = 1 + stream.random.nextInt(3);
        for (int i = 0; i < mutations; i++) {
            stream.mutate();
        }
        return stream;
    }

    List<Sent> sent() {
        return sent;
    }

    /** Those that no mutation has touched. */
    List<Sent> untouched() {
        var left = new ArrayList<Sent>();
        for (int i = 0; i < sent.size(); i++) {
            if (!touched.get(i)) {
                left.add(sent.get(i));
            }
        }
        return left;
    }

    /** The stream as it arrives: whole, in a few pieces, or a byte at a time, and with pauses. */
    List<byte[]> pieces() {
        int longest = switch (random.nextInt(8)) {
            case 0 -> 1;
            case 1, 2, 3 -> 1 + random.nextInt(200);
            default -> 16 * 1024;
        };
        var pieces = new ArrayList<byte[]>();
        for (int from = 0; from < stream.length; ) {
            int to = Math.min(stream.length, from + 1 + random.nextInt(longest));
            pieces.add(Arrays.copyOfRange(stream, from, to));
            if (pauses && random.nextInt(4) == 0) {
                pieces.add(MemorySocket.PAUSE);
            }
            from = to;
        }
        return pieces;
    }

    private Sent message(int index) {
        var id = "K" + index + Integer.toString(random.nextInt(60_466_176, 2_147_483_647), 36);
        var name = switch (random.nextInt(16)) {
            case 0 -> "DOE\u000bX";
            case 1 -> pauses ? "DOE" : "DOE\u001cX"; // with a pause after it, it would be an end
            case 2 -> "M\u00dcLLER";
            default -> "DOE";
        };
        var text = "MSH|^~\\&|ADT|EAST|HUB|WEST|20260302||ADT^A01|" + id + "|P|2.5.1\rPID|1||" + id + "^^^EAST||" + name
                + "\rPV1|1|I|" + id + "\r";
        return new Sent(id, bytes(random.nextInt(16) == 0 ? text.replace('\r', '\n') : text));
    }

    private void append(Sent message) {
        int from = stream.length;
        int length = message.content().length + 3;
        stream = Arrays.copyOf(stream, from + length);
        owners = Arrays.copyOf(owners, from + length);
        Arrays.fill(owners, from, from + length, sent.size());
        stream[from] = 0x0B;
        System.arraycopy(message.content(), 0, stream, from + 1, message.content().length);
        stream[from + length - 2] = 0x1C;
        stream[from + length - 1] = '\r';
        sent.add(message);
    }

    private void mutate() {
        if (stream.length == 0) {
            return;
        }
        int at = place();
        switch (random.nextInt(8)) {
            case 0 -> replace(at, new byte[] {(byte) (stream[at] ^ (1 << random.nextInt(8)))}, 1);
            case 1 -> replace(at, new byte[] {special()}, 1);
            case 2 -> replace(at, new byte[0], Math.min(1 + random.nextInt(6), stream.length - at));
            case 3 -> replace(at, new byte[0], Math.min(1 + random.nextInt(200), stream.length - at));
            case 4 -> replace(at, special(1 + random.nextInt(4)), 0);
            case 5 -> replace(at, slice(), 0);
            case 6 -> replace(at, Arrays.copyOf(BEGIN, 1 + random.nextInt(BEGIN.length)), 0);
            default -> replace(at, new byte[0], random.nextInt(8) == 0 ? stream.length - at : 1);
        }
    }

    /** Anywhere, and as often where one message ends and the next begins. */
    private int place() {
        int at = random.nextInt(stream.length);
        if (random.nextBoolean()) {
            return at;
        }
        while (at > 0 && owners[at - 1] == owners[at]) {
            at--;
        }
        return Math.clamp(at + random.nextInt(-5, 7), 0, stream.length - 1);
    }

    private byte special() {
        return SPECIAL[random.nextInt(SPECIAL.length)];
    }

    private byte[] special(int length) {
        var all = new byte[length];
        for (int i = 0; i < length; i++) {
            all[i] = special();
        }
        return all;
    }

    /** Some bytes of the stream, without those of a control id, which would make another message of that name. */
    private byte[] slice() {
        int from = random.nextInt(stream.length);
        int to = from;
        int end = Math.min(stream.length, from + 1 + random.nextInt(30));
        while (to < end && stream[to] != 'K' && !Character.isLowerCase(stream[to])) {
            to++;
        }
        return Arrays.copyOfRange(stream, from, to);
    }

    private void replace(int at, byte[] by, int length) {
        for (int i = at; i < at + length; i++) {
            touch(owners[i]);
        }
        if (length == 0 && at > 0 && owners[at - 1] == owners[at]) {
            touch(owners[at]);
        }
        var bytes = new byte[stream.length - length + by.length];
        var whose = new int[bytes.length];
        System.arraycopy(stream, 0, bytes, 0, at);
        System.arraycopy(owners, 0, whose, 0, at);
        System.arraycopy(by, 0, bytes, at, by.length);
        Arrays.fill(whose, at, at + by.length, NOBODY);
        System.arraycopy(stream, at + length, bytes, at + by.length, stream.length - at - length);
        System.arraycopy(owners, at + length, whose, at + by.length, owners.length - at - length);
        stream = bytes;
        owners = whose;
    }

    private void touch(int owner) {
        if (owner != NOBODY) {
            touched.set(owner);
        }
    }
}
