package org.ehrhub.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ehrhub.server.commands.MessageFiles.Named;
import org.junit.jupiter.api.Test;

class MessageFilesTest {
    private static final String ONE = "MSH|^~\\&|A|B|C|D|20260301||ADT^A01|1|P|2.5\rPID|1||7^^^A\r";

    @Test
    void everySegmentEndsWithACarriageReturnWhereThatIsWanted() {
        for (var ends : List.of("\n", "\r\n", "\r")) {
            assertThat(withCarriageReturns(ONE.replace("\r", ends))).isEqualTo(ONE);
        }
        assertThat(withCarriageReturns(ONE.stripTrailing())).isEqualTo(ONE);
    }

    private static String withCarriageReturns(String text) {
        var named = new Named("one", text.getBytes(StandardCharsets.ISO_8859_1)).withCarriageReturns();
        return new String(named.content(), StandardCharsets.ISO_8859_1);
    }
}
