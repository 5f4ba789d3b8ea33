package org.ehrhub.medplum.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The addresses that the server puts in place of {@code Binary/ID} into each answer, signed so that whoever has one may fetch
 * the document for an hour. The hub puts back what they stand for before anything else reads the answer: a document is
 * fetched as the Binary that it is, by the hub's login and under its access policy, and no such address is kept, shown, logged
 * or sent.
 */
final class SignedAddresses {
    private static final String ID = "[0-9a-fA-F-]{36}";
    private static final Pattern SIGNED = Pattern.compile(
            "\"https?://[^\"?\\s\\\\]{1,500}/(" + ID + ")/" + ID + "\\?[^\"\\s]{0,4000}Signature=[^\"\\s]{0,4000}\"");
    private static final byte[] MARK = "Signature=".getBytes(StandardCharsets.US_ASCII);

    private SignedAddresses() {}

    static byte[] resolved(byte[] json) {
        if (!holdsMark(json)) {
            return json;
        }
        // One character a byte, so that all else stays as it is.
        var text = new String(json, StandardCharsets.ISO_8859_1);
        return SIGNED.matcher(text).replaceAll("\"Binary/$1\"").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean holdsMark(byte[] json) {
        for (int at = 0; at <= json.length - MARK.length; at++) {
            if (json[at] == MARK[0] && Arrays.equals(json, at, at + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }
}
