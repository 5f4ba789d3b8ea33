package org.ehrhub.sandbox.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PdfPageTest {
    @Test
    void pointsItsTableAtEachObject() {
        String pdf = text(PdfPage.of(List.of("One (1) line", "García \\ Müller")));
        int table = Integer.parseInt(pdf.substring(pdf.indexOf("startxref\n") + 10, pdf.indexOf("\n%%EOF")));
        assertThat(pdf.substring(table)).startsWith("xref\n0 6\n");
        String[] entries = pdf.substring(table).split("\n", -1);
        for (int number = 1; number <= 5; number++) {
            int offset = Integer.parseInt(entries[2 + number].substring(0, 10));
            assertThat(pdf.substring(offset)).startsWith(number + " 0 obj\n");
        }
    }

    @Test
    void escapesTextAndCountsItsBytes() {
        String pdf = text(PdfPage.of(List.of("One (1) line", "García \\ Müller")));
        assertThat(pdf).contains("(One \\(1\\) line) Tj").contains("(García \\\\ Müller) Tj");
        int start = pdf.indexOf("stream\n") + 7;
        assertThat(pdf).contains("/Length " + (pdf.indexOf("\nendstream") - start) + " ");
    }

    private static String text(byte[] pdf) {
        return new String(pdf, StandardCharsets.ISO_8859_1);
    }
}
