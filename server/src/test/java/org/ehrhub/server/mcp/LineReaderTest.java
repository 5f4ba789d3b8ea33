package org.ehrhub.server.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    @Test
    void readsLinesOfAnyEndingAndLeavesOutBlankOnes() throws Exception {
        assertThat(lines("\n\na\r\n \t\r\nb\n\nc", 10)).containsExactly("a\r", "b", "c");
    }

    @Test
    void readsNothingFromNothing() throws Exception {
        assertThat(lines("", 10)).isEmpty();
        assertThat(lines("\n\n", 10)).isEmpty();
    }

    @Test
    void takesALineAsLongAsTheLimitAndSkipsALongerOne() throws Exception {
        assertThat(lines("12345\n123456\n12345", 5)).containsExactly("12345", "TOO LONG", "12345");
    }

    @Test
    void saysThatTheLastLineWasTooLongToo() throws Exception {
        assertThat(lines("1\n123456", 5)).containsExactly("1", "TOO LONG");
    }

    @Test
    void keepsNothingOfAnEndlessLine() throws Exception {
        var endless = new InputStream() {
            private long left = 1L << 30;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                left -= length;
                return left > 0 ? length : -1;
            }
        };
        assertThat(new LineReader(endless, 100).next().tooLong()).isTrue();
    }

    @Test
    void readsLinesThatArriveInPieces() throws Exception {
        var bytes = "first\nsecond\n".getBytes(UTF_8);
        var slow = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 2));
            }
        };
        var reader = new LineReader(slow, 100);
        assertThat(reader.next().bytes()).isEqualTo("first".getBytes(UTF_8));
        assertThat(reader.next().bytes()).isEqualTo("second".getBytes(UTF_8));
        assertThat(reader.next()).isNull();
    }

    private static List<String> lines(String text, int longest) throws IOException {
        var reader = new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), longest);
        var lines = new ArrayList<String>();
        for (var line = reader.next(); line != null; line = reader.next()) {
            lines.add(line.tooLong() ? "TOO LONG" : new String(line.bytes(), UTF_8));
        }
        return lines;
    }
}
