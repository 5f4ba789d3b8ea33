package org.ehrhub.benchmarks.mllp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Admissions of 1 KB, each with a control id of its own, of five thousand patients. For one thread. */
final class Admission {
    private static final int PATIENTS = 5000;
    private static final int LENGTH = 1024;
    private static final int ID_LENGTH = 20;
    private static final int PATIENT_LENGTH = 5;
    private static final byte START = 0x0B;
    private static final String ID = "@".repeat(ID_LENGTH);
    private static final String PATIENT = "#".repeat(PATIENT_LENGTH);

    private final byte[] frame;
    private final int idAt;
    private final int patientAt;
    private final byte[] own;
    private long number;

    /** Those of a sender; no other has the same name. */
    Admission(String sender) {
        frame = text().getBytes(StandardCharsets.US_ASCII);
        idAt = indexOf('@');
        patientAt = indexOf('#');
        own = (sender + "0".repeat(ID_LENGTH)).substring(0, ID_LENGTH).getBytes(StandardCharsets.US_ASCII);
    }

    private static String text() {
        var message = "MSH|^~\\&|ADT|EAST|HUB|WEST|20260302090000||ADT^A01^ADT_A01|" + ID + "|P|2.5\r"
                + "EVN|A01|20260302090000|||4411^CLERK^ANN\r"
                + "PID|1||" + PATIENT
                + "^^^EAST^MR||DOE^JANE^Q||19610615|F|||12 LONG ST^^SPRINGFIELD^IL^62701||5550100\r"
                + "NK1|1|DOE^JOHN|SPO|12 LONG ST^^SPRINGFIELD^IL^62701|5550101\r"
                + "PV1|1|I|W1^101^1^EAST||||0148^ADAMS^AMY|||MED||||1|||0148^ADAMS^AMY|INP|V" + PATIENT + "\r"
                + "AL1|1|DA|PEN^PENICILLIN|SV|RASH\rDG1|1||I10^HYPERTENSION^I10|||A\rNTE|1||";
        var padding = "x".repeat(LENGTH - message.length() - 1);
        return (char) START + message + padding + "\r\u001c\r";
    }

    private int indexOf(char first) {
        for (int i = 0; i < frame.length; i++) {
            if (frame[i] == first) {
                return i;
            }
        }
        throw new IllegalStateException();
    }

    /** The next one, framed; the same array each time. */
    byte[] next() {
        digits(++number, own, ID_LENGTH);
        System.arraycopy(own, 0, frame, idAt, ID_LENGTH);
        var patient = new byte[PATIENT_LENGTH];
        digits(ThreadLocalRandom.current().nextInt(PATIENTS), patient, PATIENT_LENGTH);
        System.arraycopy(patient, 0, frame, patientAt, PATIENT_LENGTH);
        return frame;
    }

    /** The bytes of a message without its frame. */
    byte[] message() {
        var framed = next();
        return Arrays.copyOfRange(framed, 1, framed.length - 2);
    }

    /** The control id of the last one. */
    byte[] controlId() {
        return own;
    }

    private static void digits(long number, byte[] into, int end) {
        long rest = number;
        for (int i = end - 1; i >= Math.max(0, end - 12); i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
