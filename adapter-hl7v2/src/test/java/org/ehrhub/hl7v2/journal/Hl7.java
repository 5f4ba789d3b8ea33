package org.ehrhub.hl7v2.journal;

import java.nio.charset.StandardCharsets;

/** Synthetic messages. */
final class Hl7 {
    private Hl7() {}

    /** An admission of a patient, known by this control id. */
    static String admission(String controlId, String patient) {
        return "MSH|^~\\&|ADT|EAST|HUB|WEST|20260302090000||ADT^A01^ADT_A01|" + controlId
                + "|P|2.5.1\rEVN|A01|20260302090000\rPID|1||" + patient + "||DOE^JANE\rPV1|1|I|W1^101^1\r";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
