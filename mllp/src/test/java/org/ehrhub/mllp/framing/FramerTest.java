package org.ehrhub.mllp.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.mllp.Messages.admission;
import static org.ehrhub.mllp.Messages.bytes;
import static org.ehrhub.mllp.Messages.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramerTest {
    private static final String ONE = admission("1");
    private static final String TWO = admission("2");

    private final List<String> seen = new ArrayList<>();
    private final Framer framer = new Framer(10_000, frame -> seen.add(frame.state() + ":" + text(frame.content())));

    private void take(String stream) {
        var all = bytes(stream);
        framer.take(all, 0, all.length);
    }

    private static String whole(String message) {
        return "WHOLE:" + message;
    }

    @Test
    void givesAMessageAsSoonAsItsEndIsThere() {
        take("\u000b" + ONE + "\u001c");
        assertThat(seen).isEmpty();

        take("\r");

        assertThat(seen).containsExactly(whole(ONE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void givesTheSameHoweverTheStreamIsCut(int size) {
        var stream = bytes("\r\njunk\u000b" + ONE + "\u001c\r\u000b" + TWO + "\u001c\u000b" + ONE + "\u001c\n");

        for (int i = 0; i < stream.length; i += size) {
            framer.take(stream, i, Math.min(size, stream.length - i));
        }

        assertThat(seen).containsExactly(whole(ONE), whole(TWO), whole(ONE));
        assertThat(framer.junk()).isEqualTo(4);
    }

    @Test
    void takesAnEndBlockBeforeAStartBlockForAnEnd() {
        take("\u000b" + ONE + "\u001c\u000b" + TWO + "\u001c\r");

        assertThat(seen).containsExactly(whole(ONE), whole(TWO));
    }

    @Test
    void takesAnEndBlockBeforeAPauseForAnEnd() {
        take("\u000b" + ONE + "\u001c");
        assertThat(framer.isEnding()).isTrue();

        framer.pause();

        assertThat(seen).containsExactly(whole(ONE));
        assertThat(framer.isEnding()).isFalse();
    }

    @Test
    void takesAnEndBlockBeforeTheEndOfTheStreamForAnEnd() {
        take("\u000b" + ONE + "\u001c");

        framer.close();

        assertThat(seen).containsExactly(whole(ONE));
    }

    @Test
    void leavesBothBlocksInTheTextWhereTheyEndOrBeginNothing() {
        var odd = ONE + "NTE|1||a\u001cb\u000bc\u000bMS\u001c\u001cd\u000b\r";

        take("\u000b" + odd + "\u001c\r");

        assertThat(seen).containsExactly(whole(odd));
    }

    @Test
    void neverTakesTwoMessagesForOne() {
        take("\u000b" + ONE + "\u000b" + TWO + "\u001c\r");

        assertThat(seen).containsExactly("CUT_OFF:" + ONE, whole(TWO));
    }

    @Test
    void findsAMessageThatNoStartBlockPrecedes() {
        take(ONE + "\u001c\r" + TWO + "\u001c\rMSHA\r\nMSH");
        framer.close();

        assertThat(seen).containsExactly(whole(ONE), whole(TWO));
        assertThat(framer.junk()).isEqualTo(4);
    }

    @Test
    void cutsOffWhatTheStreamDoesNotEnd() {
        take("\u000b" + ONE);

        framer.close();

        assertThat(seen).containsExactly("CUT_OFF:" + ONE);
    }

    @Test
    void keepsNoMoreThanTheBeginningOfWhatIsTooLong() {
        var endless = ONE + "x".repeat(100_000);

        take("\u000b" + endless);
        assertThat(seen).containsExactly("TOO_LONG:" + endless.substring(0, 4096));
        take("y".repeat(100_000) + "\u001c\r\u000b" + TWO + "\u001c\r");

        assertThat(seen).hasSize(2).last().isEqualTo(whole(TWO));
    }

    @Test
    void givesAnEmptyFrame() {
        take("\u000b\u001c\r");

        assertThat(seen).containsExactly("WHOLE:");
    }

    /** Mutated streams between two messages that are whole: both are found, wherever the blocks fell. */
    @Test
    void losesNoWholeMessageAfterAMutatedOne() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            seen.clear();
            var stream = new Framer(10_000, frame -> seen.add(frame.state() + ":" + text(frame.content())));
            var mutated = mutated(bytes("\u000b" + ONE + "\u001c\r"), random);
            var after = bytes("\u000b" + TWO + "\u001c\r");
            stream.take(mutated, 0, mutated.length);
            stream.take(after, 0, after.length);
            stream.close();
            assertThat(seen).as("%s", Arrays.toString(mutated)).contains(whole(TWO));
        }
    }

    private static byte[] mutated(byte[] frame, SplittableRandom random) {
        var bytes = frame.clone();
        IntStream.range(0, 1 + random.nextInt(4)).forEach(i -> {
            int at = random.nextInt(bytes.length);
            bytes[at] = switch (random.nextInt(5)) {
                case 0 -> Framer.START;
                case 1 -> Framer.END;
                case 2 -> '\r';
                case 3 -> 'M';
                default -> (byte) random.nextInt(256);
            };
        });
        return Arrays.copyOf(bytes, bytes.length - random.nextInt(3));
    }
}
