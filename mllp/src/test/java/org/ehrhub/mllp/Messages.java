package org.ehrhub.mllp;

import java.nio.charset.StandardCharsets;

/** Synthetic messages and their frames. */
public final class Messages {
    private Messages() {}

    /** An admission with this control id, its segments ended by carriage returns. */
    public static String admission(String controlId) {
        return admission(controlId, "", "DOE^JANE");
    }

    /** The same with what follows MSH-12, and with this name. */
    public static String admission(String controlId, String afterVersion, String name) {
        return "MSH|^~\\&|ADT|EAST|HUB|WEST|20260302090000||ADT^A01^ADT_A01|" + controlId + "|P|2.5.1" + afterVersion
                + "\rEVN|A01|20260302090000\rPID|1||4711^^^EAST^MR||" + name + "\rPV1|1|I|W1^101^1\r";
    }

    /** Its bytes between start and end block. */
    public static byte[] framed(String message) {
        return bytes("\u000b" + message + "\u001c\r");
    }

    /** The bytes of text of single bytes. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Text of single bytes. */
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
