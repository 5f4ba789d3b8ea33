package org.ehrhub.medplum.agents;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;

/**
 * A message on its way to a receiver.
 *
 * @param text as it goes on the wire
 * @param controlId its MSH-10: the caller's own, or one made of the hub's key of the write, so that the same write is always
 *     the same message
 */
record OutgoingMessage(String text, String controlId) {
    private static final int LONGEST_ID = 100;
    private static final int OWN_ID = 19; // ST(20) in HL7 v2.5.1, 2.14.9.10
    private static final int CONTROL_ID = 10;

    /**
     * Reads a caller's message.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is none that can be sent
     */
    static OutgoingMessage of(String text, String key) {
        try {
            var message = Er7.read(text);
            need(message, 9, "MSH-9, the kind of message");
            need(message, 12, "MSH-12, the version of HL7");
            var own = message.field("MSH", CONTROL_ID);
            if (own.isEmpty()) {
                var made = made(key);
                return new OutgoingMessage(message.withHeader(CONTROL_ID, made).text(), made);
            }
            checkId(own.get(), message.delimiters());
            return new OutgoingMessage(message.text(), own.get());
        } catch (Er7.Malformed e) {
            throw invalid(e.problem());
        }
    }

    private static void need(Er7 message, int field, String name) {
        if (message.field("MSH", field).isEmpty()) {
            throw invalid("must have " + name);
        }
    }

    private static void checkId(String id, String delimiters) {
        if (id.length() > LONGEST_ID || !id.chars().allMatch(c -> c > ' ' && c < 127 && delimiters.indexOf(c) < 0)) {
            throw invalid("must have an MSH-10 of at most " + LONGEST_ID + " plain characters, or an empty one");
        }
    }

    private static EhrFailure invalid(String problem) {
        return new EhrFailure(
                ErrorCode.INVALID_INPUT, "`message` " + problem + "; nothing was sent.", "Correct the message.");
    }

    private static String made(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "H" + HexFormat.of().withUpperCase().formatHex(digest).substring(0, OWN_ID);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
