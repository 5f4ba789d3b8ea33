package org.ehrhub.medplum.stub;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/** As much of HL7 v2 as the stub's agent and bots look at, and the acknowledgements that Medplum builds. */
final class Hl7 {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final int TYPE = 9;
    private static final int CONTROL_ID = 10;
    private static final int VERSION = 12;

    private Hl7() {}

    static boolean isMessage(String text) {
        return text.startsWith("MSH|");
    }

    static String controlId(String message) {
        return field(message, "MSH", CONTROL_ID);
    }

    /** A field by its number in the standard; empty where there is none. */
    static String field(String message, String segment, int number) {
        var line = Stream.of(message.split("[\r\n]+", -1))
                .filter(one -> one.startsWith(segment + "|"))
                .findFirst()
                .orElse("");
        var fields = line.split("\\|", -1);
        var at = segment.equals("MSH") ? number - 1 : number;
        return at < fields.length ? fields[at] : "";
    }

    /** An acknowledgement whose milliseconds are not padded, as Medplum writes it: {@code .15} are 15 ms. */
    static String ack(String message, String code, String controlId, String text) {
        var now = Instant.now();
        var time = SECONDS.format(now) + "." + now.toEpochMilli() % 1000;
        var type = field(message, "MSH", TYPE).split("\\^", -1);
        return String.join(
                        "|",
                        "MSH",
                        "^~\\&",
                        field(message, "MSH", 5),
                        field(message, "MSH", 6),
                        field(message, "MSH", 3),
                        field(message, "MSH", 4),
                        time,
                        "",
                        "ACK^" + (type.length > 1 ? type[1] : "") + "^ACK",
                        Long.toString(now.toEpochMilli()),
                        "P",
                        field(message, "MSH", VERSION))
                + "\r"
                + String.join("|", "MSA", code, controlId, text);
    }
}
