package org.ehrhub.server.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class Er7FileTest {
    private static final String ONE = "MSH|^~\\&|A|B|C|D|20260301||ADT^A01|1|P|2.5\rPID|1||7^^^A\r";
    private static final String TWO = "MSH#^~\\&#A#B#C#D#20260301##ADT^A01#2#P#2.5\nPID#1##8\n";

    @Test
    void aMessageIsGivenByteForByteWhateverItsLineEnds() {
        for (var text : List.of(ONE, TWO, ONE.replace("\r", "\r\n"), ONE.stripTrailing(), ONE + "\r\r")) {
            assertThat(messages(text)).containsExactly(text);
        }
    }

    @Test
    void severalMessagesAreToldApartByTheirHeaders() {
        assertThat(messages(ONE + TWO + ONE)).containsExactly(ONE, TWO, ONE);
    }

    @Test
    void whatIsAroundMessagesIsLeftOut() {
        assertThat(messages("\u00EF\u00BB\u00BFFHS|^~\\&|x\rBHS|^~\\&|x\r" + ONE + TWO + "BTS|2\rFTS|1\r"))
                .containsExactly(ONE, TWO);
        assertThat(messages("\u00EF\u00BB\u00BF" + ONE)).containsExactly(ONE);
        assertThat(messages("a comment\n" + ONE)).containsExactly(ONE);
        assertThat(messages("\u000B" + ONE + "\u001C\r\u000B" + TWO + "\u001C\r"))
                .containsExactly(ONE, TWO);
    }

    @Test
    void whatIsNoMessageIsNone() {
        assertThat(messages("")).isEmpty();
        assertThat(messages("MSHIELD was here\rPID|1\r")).isEmpty();
        assertThat(messages("{\"MSH\": 1}")).isEmpty();
    }

    @Test
    void aHeaderWithinALineIsText() {
        var text = ONE + "NTE|1||see MSH|^~\\&|\r";
        assertThat(messages(text)).containsExactly(text);
    }

    @Test
    void everySegmentEndsWithACarriageReturnWhereThatIsWanted() {
        for (var ends : List.of("\n", "\r\n", "\r")) {
            assertThat(text(Er7File.withCarriageReturns(bytes(ONE.replace("\r", ends)))))
                    .isEqualTo(ONE);
        }
        assertThat(text(Er7File.withCarriageReturns(bytes(ONE.stripTrailing()))))
                .isEqualTo(ONE);
    }

    private static List<String> messages(String text) {
        return Er7File.messages(bytes(text)).stream().map(Er7FileTest::text).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
