package org.ehrhub.mllp.framing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The messages in a file or batch of messages (HL7 v2.5.1, 2.10.3). */
public final class Batch {
    private Batch() {}

    /**
     * Whether a message has another header segment within: two messages of which nobody can tell how much is left of the first,
     * as the blocks between them are gone.
     */
    public static boolean isJoined(byte[] content, MessageHeader header) {
        if (!header.name().equals("MSH")) {
            return false;
        }
        char separator = header.fieldSeparator();
        for (int i = 1; i < content.length - 3; i++) {
            if (content[i] == 'M'
                    && content[i + 1] == 'S'
                    && content[i + 2] == 'H'
                    && content[i + 3] == separator
                    && (content[i - 1] == '\r' || content[i - 1] == '\n')) {
                return true;
            }
        }
        return false;
    }

    /** Each message, from its header to the next one, wherever one stands. */
    public static List<byte[]> split(byte[] content) {
        var messages = new ArrayList<byte[]>();
        int begin = -1;
        for (int at = 0; at < content.length; at = Segments.next(content, at)) {
            if (isOneOf(content, at, "MSH", "BTS", "FTS", "BHS", "FHS")) {
                if (begin >= 0) {
                    messages.add(Arrays.copyOfRange(content, begin, at));
                }
                begin = isOneOf(content, at, "MSH") ? at : -1;
            }
        }
        if (begin >= 0) {
            messages.add(Arrays.copyOfRange(content, begin, content.length));
        }
        return messages;
    }

    /** Each message between headers and trailers; the content itself where it is one message. */
    public static List<byte[]> messages(byte[] content, MessageHeader header) {
        if (header.name().equals("MSH")) {
            return List.of(content);
        }
        return split(content);
    }

    private static boolean isOneOf(byte[] content, int at, String... names) {
        return content.length - at > 3
                && Arrays.stream(names)
                        .anyMatch(name -> content[at] == name.charAt(0)
                                && content[at + 1] == name.charAt(1)
                                && content[at + 2] == name.charAt(2));
    }
}
