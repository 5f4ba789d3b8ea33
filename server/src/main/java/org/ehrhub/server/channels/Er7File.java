package org.ehrhub.server.channels;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A file of HL7 v2 messages as people keep them (ER7, HL7 v2.5.1, 2.6): one message or several after one another, with or without
 * headers of a batch, frames of MLLP around them, and any kind of line ends.
 */
public final class Er7File {
    private static final Set<String> AROUND = Set.of("FHS", "BHS", "BTS", "FTS");
    private static final byte START = 0x0B;
    private static final byte END = 0x1C;

    private Er7File() {}

    /** The messages in it, byte for byte; none where it holds no header of one. */
    public static List<byte[]> messages(byte[] content) {
        var messages = new ArrayList<byte[]>();
        int begin = -1;
        for (int at = 0; at < content.length; at = nextLine(content, at)) {
            int line = afterMarks(content, at);
            if (isHeader(content, line) || isAround(content, line)) {
                add(messages, content, begin, at);
                begin = isHeader(content, line) ? line : -1;
            }
        }
        add(messages, content, begin, content.length);
        return messages;
    }

    private static void add(List<byte[]> messages, byte[] content, int begin, int end) {
        if (begin >= 0) {
            messages.add(Arrays.copyOfRange(content, begin, frameEnd(content, begin, end)));
        }
    }

    /** A message in a frame ends where its frame does. */
    private static int frameEnd(byte[] content, int begin, int end) {
        boolean framed = begin > 0 && content[begin - 1] == START;
        for (int at = end - 1; framed && at > begin && at > end - 4; at--) {
            if (content[at] == END) {
                return at;
            }
        }
        return end;
    }

    /** After a byte order mark of UTF-8, or the start of a frame. */
    private static int afterMarks(byte[] content, int at) {
        int line = at;
        if (line == 0 && startsWith(content, 0, 0xEF, 0xBB, 0xBF)) {
            line = 3;
        }
        return line < content.length && content[line] == START ? line + 1 : line;
    }

    private static boolean startsWith(byte[] content, int at, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (at + i >= content.length || (content[at + i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static int nextLine(byte[] content, int from) {
        int at = from;
        while (at < content.length && content[at] != '\r' && content[at] != '\n') {
            at++;
        }
        while (at < content.length && (content[at] == '\r' || content[at] == '\n')) {
            at++;
        }
        return at;
    }

    private static boolean isHeader(byte[] content, int at) {
        return startsWith(content, at, 'M', 'S', 'H') && isDelimited(content, at);
    }

    private static boolean isAround(byte[] content, int at) {
        return content.length - at > 3
                && AROUND.contains(new String(content, at, 3, StandardCharsets.ISO_8859_1))
                && isDelimited(content, at);
    }

    private static boolean isDelimited(byte[] content, int at) {
        int next = at + 3;
        return next < content.length && content[next] > ' ' && !Character.isLetterOrDigit(content[next]);
    }

    /** The same message with a carriage return after each segment, as the standard wants it (HL7 v2.5.1, 2.5.2). */
    public static byte[] withCarriageReturns(byte[] message) {
        var out = new ByteArrayOutputStream(message.length + 1);
        byte before = '\r';
        for (byte one : message) {
            boolean second = one == '\n' && before == '\r';
            if (!second) {
                out.write(one == '\n' ? '\r' : one);
            }
            before = one == '\n' ? (byte) '\r' : one;
        }
        if (before != '\r') {
            out.write('\r');
        }
        return out.toByteArray();
    }
}
