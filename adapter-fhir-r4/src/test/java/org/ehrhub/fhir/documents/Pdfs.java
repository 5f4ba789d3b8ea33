package org.ehrhub.fhir.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.jspecify.annotations.Nullable;

/** PDF files for tests. */
final class Pdfs {
    private static final int LINE = 14;

    private Pdfs() {}

    /** A file with these pages, each of lines. */
    static byte[] of(String... pages) {
        return written(null, pages);
    }

    /** A file that opens only with a password. */
    static byte[] locked(String password, String page) {
        return written(new StandardProtectionPolicy("owner", password, new AccessPermission()), page);
    }

    /** A file of some kilobytes whose only page unfolds to so many bytes. */
    static byte[] unfoldingTo(long bytes) {
        try {
            var packed = new ByteArrayOutputStream();
            try (var deflating = new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED))) {
                var zeros = "0 ".repeat(32 * 1024).getBytes(StandardCharsets.US_ASCII);
                for (long written = 0; written < bytes; written += zeros.length) {
                    deflating.write(zeros);
                }
            }
            var file = new ByteArrayOutputStream();
            file.write("""
                    %%PDF-1.4
                    1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
                    2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
                    3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>> endobj
                    4 0 obj <</Length %d/Filter/FlateDecode>> stream
                    """.formatted(packed.size()).getBytes(StandardCharsets.US_ASCII));
            packed.writeTo(file);
            file.write("\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF".getBytes(StandardCharsets.US_ASCII));
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] written(@Nullable StandardProtectionPolicy policy, String... pages) {
        try (var pdf = new PDDocument()) {
            for (var page : pages) {
                add(pdf, page);
            }
            if (policy != null) {
                pdf.protect(policy);
            }
            var file = new ByteArrayOutputStream();
            pdf.save(file);
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(PDDocument pdf, String lines) throws IOException {
        var page = new PDPage();
        pdf.addPage(page);
        try (var out = new PDPageContentStream(pdf, page)) {
            out.beginText();
            out.setFont(new PDType1Font(FontName.HELVETICA), LINE - 2);
            out.setLeading(LINE);
            out.newLineAtOffset(50, 700);
            for (var line : lines.split("\n", -1)) {
                out.showText(line);
                out.newLine();
            }
            out.endText();
        }
    }
}
