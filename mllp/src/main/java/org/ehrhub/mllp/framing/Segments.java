package org.ehrhub.mllp.framing;

/** Where the segments of a message lie: a carriage return ends each (HL7 v2.5.1, 2.6), a line feed from some senders. */
public final class Segments {
    private Segments() {}

    /** Where the segment at this place ends. */
    public static int end(byte[] content, int from) {
        int i = from;
        while (i < content.length && !isBreak(content[i])) {
            i++;
        }
        return i;
    }

    /** Where the segment after the one at this place begins. */
    public static int next(byte[] content, int from) {
        int i = end(content, from);
        while (i < content.length && isBreak(content[i])) {
            i++;
        }
        return i;
    }

    private static boolean isBreak(byte one) {
        return one == '\r' || one == '\n';
    }
}
