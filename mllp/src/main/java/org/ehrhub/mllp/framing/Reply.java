package org.ehrhub.mllp.framing;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the acknowledgements of one receiver: in the delimiters and the version of the message that is answered, with a
 * control id of its own.
 */
public final class Reply {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSZ", Locale.ROOT);
    private static final String OLDEST_WITH_LOCATED_ERRORS = "2.5";

    private final InstantSource clock;
    private final ControlIds ids;

    /** Acknowledgements with times of this clock. */
    public Reply(InstantSource clock, ControlIds ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * The answer to a message.
     *
     * @param problem why it was not taken; none where it was
     */
    public byte[] to(MessageHeader message, AcknowledgementCode code, @Nullable Problem problem) {
        return to(message, code, problem, null);
    }

    /**
     * The answer to a message that has a sequence number.
     *
     * @param problem why it was not taken; none where it was
     * @param expected the number of the next one (MSA-4); none where they have none
     */
    public byte[] to(
            MessageHeader message, AcknowledgementCode code, @Nullable Problem problem, @Nullable Long expected) {
        var text = new StringBuilder(256);
        header(text, message);
        char field = message.fieldSeparator();
        text.append("MSA").append(field).append(code).append(field).append(plain(message.controlId()));
        if (expected != null) {
            text.append(field).append(field).append(expected);
        }
        if (problem != null) {
            error(text.append('\r'), message, problem);
        }
        return text.append('\r').toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A value without the bytes of start and end blocks, which would end the answer where it is repeated. */
    private static String plain(String value) {
        return value.indexOf(Framer.START) < 0 && value.indexOf(Framer.END) < 0
                ? value
                : value.replace(String.valueOf((char) Framer.START), "").replace(String.valueOf((char) Framer.END), "");
    }

    private void header(StringBuilder text, MessageHeader message) {
        char field = message.fieldSeparator();
        char component = message.componentSeparator();
        var type = message.trigger().isEmpty()
                ? "ACK"
                : "ACK" + component + message.trigger()
                        + (message.component(9, 3).isEmpty() ? "" : component + "ACK");
        text.append("MSH").append(field).append(plain(message.encodingCharacters()));
        for (int number : new int[] {5, 6, 3, 4}) {
            text.append(field).append(plain(message.field(number)));
        }
        text.append(field).append(TIME.format(clock.instant().atZone(ZoneId.systemDefault())));
        text.append(field).append(field).append(plain(type)).append(field).append(ids.next());
        text.append(field).append(plain(message.field(11))).append(field).append(plain(message.field(12)));
        if (!message.field(18).isEmpty()) {
            text.append(String.valueOf(field).repeat(6)).append(plain(message.field(18)));
        }
        text.append('\r');
    }

    private static void error(StringBuilder text, MessageHeader message, Problem problem) {
        char field = message.fieldSeparator();
        char component = message.componentSeparator();
        var place = problem.segment() + component + 1 + (problem.field() == 0 ? "" : "" + component + problem.field());
        var code = problem.code() + component + problem.text() + component + "HL70357";
        text.append("ERR").append(field);
        if (message.component(12, 1).compareTo(OLDEST_WITH_LOCATED_ERRORS) < 0) {
            char part = message.encodingCharacters().length() < 4
                    ? '&'
                    : message.encodingCharacters().charAt(3);
            text.append(place).append(problem.field() == 0 ? "" + component + component : component);
            text.append(code.replace(component, part));
        } else {
            text.append(field)
                    .append(place)
                    .append(field)
                    .append(code)
                    .append(field)
                    .append('E');
        }
    }
}
