package org.ehrhub.mllp.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.mllp.Messages.admission;
import static org.ehrhub.mllp.Messages.bytes;
import static org.ehrhub.mllp.Messages.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Er7FileTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T09:00:00Z"));
    private static final String ONE = admission("1");
    private static final String TWO = admission("2");

    private static List<String> read(String file) {
        var found = new ArrayList<String>();
        Er7Messages.of(new ByteArrayInputStream(bytes(file)), 1000).forEachRemaining(one -> found.add(text(one)));
        return found;
    }

    private static String written(byte[]... messages) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var file = Er7File.begin(out, CLOCK)) {
            for (var message : messages) {
                file.add(message);
            }
            file.end();
        }
        return text(out.toByteArray());
    }

    static Stream<String> filesOfTwo() {
        return Stream.of(
                ONE + TWO,
                ONE + "\r\r\n" + TWO + "\r\n\r\n",
                "\u00ef\u00bb\u00bf" + ONE + TWO,
                "BHS|^~\\&|A\r" + ONE + TWO + "BTS|2\r",
                "BHS|^~\\&|A\r" + ONE + "BHS|^~\\&|B\r" + TWO,
                "FHS|^~\\&|A\rBHS|^~\\&|A\r" + ONE + "BTS|1\rBHS|^~\\&|A\r" + TWO + "BTS|1\rFTS|2",
                "FHS|^~\\&|A\r" + ONE + TWO + "FTS\r",
                "\u000b" + ONE + "\u001c\r\u000b" + TWO + "\u001c\r");
    }

    @ParameterizedTest
    @MethodSource("filesOfTwo")
    void readsTheMessagesOfAFile(String file) {
        assertThat(read(file)).containsExactly(ONE, TWO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void keepsTheEndsOfSegments(String end) {
        var message = ONE.replace("\r", end);

        assertThat(read(message + TWO)).containsExactly(message, TWO);
    }

    @Test
    void keepsAMessageWhoseLastSegmentHasNoEnd() {
        var message = ONE.substring(0, ONE.length() - 1);

        assertThat(read(message)).containsExactly(message);
        assertThat(read("\u000b" + message + "\u001c\r")).containsExactly(message);
    }

    @Test
    void keepsEmptyLinesWithinAMessage() {
        var message = ONE.replace("\rPID", "\r\r\nPID");

        assertThat(read(message + "\r\r" + TWO)).containsExactly(message, TWO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "FHS|^~\\&|A\rBHS|^~\\&|A\rBTS|0\rFTS|1\r"})
    void aFileMayHoldNone(String file) {
        assertThat(read(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTS|3\r", "BTS|1|a comment\r", "BTS|2\rFTS|2\r"})
    void tellsThatAFileIsNotWhole(String trailer) {
        var messages = Er7Messages.of(
                new ByteArrayInputStream(bytes("FHS|^~\\&|A\rBHS|^~\\&|A\r" + ONE + TWO + trailer)), 1000);

        assertThat(messages.next()).isEqualTo(bytes(ONE));
        assertThat(messages.next()).isEqualTo(bytes(TWO));
        assertThatThrownBy(messages::hasNext)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("not whole");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PID|1||4711\r", "<xml/>", "BHS|^~\\&|A\rPID|1\r"})
    void refusesWhatIsNoFileOfMessages(String file) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void refusesAMessageThatIsTooLong() {
        assertThatThrownBy(() -> read("MSH|^~\\&|" + "A".repeat(1000)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("more than 1000 bytes");
        assertThatThrownBy(() -> read("MSH|^~\\&|A\r" + "NTE|1\r".repeat(200)))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void writesABatchWithItsNumber() throws IOException {
        assertThat(written(bytes(ONE), bytes(TWO)))
                .isEqualTo("FHS|^~\\&|EHR-HUB||||20260302090000+0000\rBHS|^~\\&|EHR-HUB||||20260302090000+0000\r" + ONE
                        + TWO + "BTS|2\rFTS|1\r");
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        var odd = bytes(ONE.replace("\r", "\n").replace("DOE", "D\u00d6\u001c\u000bE"));

        assertThat(read(written(odd, bytes(TWO)))).containsExactly(text(odd), TWO);
        assertThat(read(written(Arrays.copyOf(odd, odd.length - 1))))
                .containsExactly(text(odd).substring(0, odd.length - 1) + "\r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PID|1\r", "MSH|^~\\&|A\rMSH|^~\\&|B\r", "MSH|^~\\&|A\rBTS|1\r", "\u000bMSH|^~\\&|A\r"})
    void writesNothingThatWouldBeReadAsAnotherMessage(String message) {
        assertThatThrownBy(() -> written(bytes(message))).isInstanceOf(IllegalArgumentException.class);
    }
}
