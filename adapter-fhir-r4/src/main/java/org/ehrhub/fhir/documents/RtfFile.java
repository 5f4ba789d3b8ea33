package org.ehrhub.fhir.documents;

import java.io.IOException;
import javax.swing.text.BadLocationException;
import javax.swing.text.DefaultStyledDocument;
import javax.swing.text.rtf.RTFEditorKit;

/** Rich text, by the reader that the JDK brings. */
final class RtfFile {
    private RtfFile() {}

    static ExtractedText text(DocumentFile file, Effort effort) throws IOException, BadLocationException {
        var document = new DefaultStyledDocument();
        new RTFEditorKit().read(effort.watched(file.bytes()), document, 0);
        return new ExtractedText(document.getText(0, document.getLength()), file.type());
    }
}
