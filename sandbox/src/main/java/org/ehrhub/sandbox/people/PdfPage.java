package org.ehrhub.sandbox.people;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A PDF document of one page (ISO 32000-1, 7.5) with lines of text that readers can extract. */
final class PdfPage {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();

    private PdfPage() {}

    static byte[] of(List<String> lines) {
        return new PdfPage().document(lines);
    }

    private byte[] document(List<String> lines) {
        write("%PDF-1.4\n");
        object("<< /Type /Catalog /Pages 2 0 R >>");
        object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                + " /Resources << /Font << /F1 5 0 R >> >> >>");
        String content = content(lines);
        object("<< /Length " + content.length() + " >>\nstream\n" + content + "\nendstream");
        object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        int table = written.size();
        write("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
        offsets.forEach(offset -> write("%010d 00000 n \n".formatted(offset)));
        write("trailer\n<< /Size " + (offsets.size() + 1) + " /Root 1 0 R >>\nstartxref\n" + table + "\n%%EOF\n");
        return written.toByteArray();
    }

    private static String content(List<String> lines) {
        return lines.stream()
                .map(line -> line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)"))
                .map(line -> "(" + line + ") Tj T*")
                .collect(Collectors.joining("\n", "BT /F1 11 Tf 50 790 Td 15 TL\n", "\nET"));
    }

    private void object(String content) {
        offsets.add(written.size());
        write(offsets.size() + " 0 obj\n" + content + "\nendobj\n");
    }

    /** One byte a character, so that lengths and offsets count both; other characters become question marks. */
    private void write(String text) {
        written.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
