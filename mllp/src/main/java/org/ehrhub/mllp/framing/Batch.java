package org.ehrhub.mllp.framing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The messages in a file or batch of messages (HL7 v2.5.1, 2.10.3). */
public final class Batch {
    private Batch() {}

    /** Each message between headers and trailers; the content itself where it is one message. */
    public static List<byte[]> messages(byte[] content, MessageHeader header) {
        if (header.name().equals("MSH")) {
            return List.of(content);
        }
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

    private static boolean isOneOf(byte[] content, int at, String... names) {
        return content.length - at > 3
                && Arrays.stream(names)
                        .anyMatch(name -> content[at] == name.charAt(0)
                                && content[at + 1] == name.charAt(1)
                                && content[at + 2] == name.charAt(2));
    }
}
