package org.ehrhub.fhir.documents;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;

/** PDF (ISO 32000), by PDFBox: the text of the first {@value #PAGES} pages, where reading it needs no password. */
final class PdfFile {
    private static final int PAGES = 300;
    private static final long MEMORY = 64L * 1024 * 1024;

    private PdfFile() {}

    static ExtractedText text(DocumentFile file, Effort effort) throws IOException {
        try (var pdf = Loader.loadPDF(
                new Watched(file.bytes(), effort), MemoryUsageSetting.setupMainMemoryOnly(MEMORY).streamCache)) {
            if (!pdf.getCurrentAccessPermission().canExtractContent()) {
                throw locked();
            }
            var text = new StringWriter();
            new Stripper(effort).writeText(pdf, text);
            return new ExtractedText(text.toString(), file.type(), cut(pdf));
        } catch (InvalidPasswordException e) {
            throw locked();
        }
    }

    private static List<String> cut(PDDocument pdf) {
        return pdf.getNumberOfPages() <= PAGES
                ? List.of()
                : List.of("The text is that of the first " + PAGES + " of " + pdf.getNumberOfPages() + " pages.");
    }

    private static EhrFailure locked() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The file is locked, and the hub has no password for it.",
                "Open this document in the EHR itself.");
    }

    /** Gives up when reading takes too much. */
    private static final class Stripper extends PDFTextStripper {
        private final Effort effort;

        Stripper(Effort effort) {
            this.effort = effort;
            setEndPage(PAGES);
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            effort.progress();
            super.processOperator(operator, operands);
        }
    }

    /** The file's bytes, which PDFBox comes back for while it unfolds what is packed in them. */
    private static final class Watched extends RandomAccessReadBuffer {
        private final Effort effort;

        Watched(byte[] bytes, Effort effort) {
            super(bytes);
            this.effort = effort;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            effort.check();
            return super.read(into, offset, length);
        }

        @Override
        public RandomAccessReadView createView(long start, long length) {
            return new RandomAccessReadView(this, start, length);
        }
    }
}
