package org.ehrhub.fhir.documents;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * HTML, and XML such as C-CDA documents, by jsoup: it runs no scripts, fetches nothing and knows no external entities. What
 * a reader of the page would not see is left out.
 */
final class MarkupFile {
    private static final String UNSEEN = "script, style, noscript, template, head, title, iframe, object, embed, svg,"
            + " dialog:not([open]), [hidden], input,"
            + " [style~=(?i)(display\\s*:\\s*none|visibility\\s*:\\s*hidden)],"
            + " [style~=(?i)(font-size|opacity)\\s*:\\s*0(\\.0+)?\\s*(px|pt|em|rem|%)?\\s*(;|!|$)]";

    private MarkupFile() {}

    static ExtractedText html(DocumentFile file, Effort effort) throws IOException {
        var page = parsed(file, Parser.htmlParser(), effort);
        page.select(UNSEEN).remove();
        return new ExtractedText(MarkupText.of(page.body(), Element::isBlock), file.type());
    }

    /** A CDA document's title and the text of its sections; of any other XML all its text. */
    static ExtractedText xml(DocumentFile file, Effort effort) throws Exception {
        var tree = parsed(file, Parser.xmlParser(), effort);
        var root = tree.firstElementChild();
        if (root == null || !local(root).equals("clinicaldocument")) {
            return new ExtractedText(MarkupText.of(tree, element -> true), file.type());
        }
        var body = tree.selectFirst("*|nonXMLBody > *|text");
        return body == null ? new ExtractedText(sections(root), file.type()) : inside(body, effort);
    }

    private static Document parsed(DocumentFile file, Parser parser, Effort effort) throws IOException {
        var charset = PlainFile.charset(file.charset()).map(Charset::name).orElse(null);
        return Jsoup.parse(effort.watched(file.bytes()), charset, "", parser);
    }

    private static String sections(Element document) {
        var text = new StringBuilder();
        document.select("*|ClinicalDocument > *|title, *|section > *|title, *|section > *|text")
                .forEach(part ->
                        text.append(MarkupText.of(part, MarkupFile::isCdaBlock)).append("\n\n"));
        return text.toString();
    }

    /** A CDA document around a file of another kind (CDA R2, 4.3.1.1). */
    private static ExtractedText inside(Element body, Effort effort) throws Exception {
        var label = DocumentFile.Label.of(body.attr("mediaType"));
        var bytes = body.attr("representation").equalsIgnoreCase("B64")
                ? Base64.getMimeDecoder().decode(body.text())
                : body.wholeText().getBytes(StandardCharsets.UTF_8);
        var file = DocumentFile.of(bytes, label.type(), DocumentFile.Label.NONE);
        var kind = FileKind.of(file.type());
        return (kind == FileKind.XML ? FileKind.OTHER : kind).text(file, effort);
    }

    /** Everything in CDA's text but what stands within a line (CDA R2, 4.3.5). */
    private static boolean isCdaBlock(Element element) {
        return switch (local(element)) {
            case "content", "sub", "sup", "linkhtml", "footnote", "footnoteref", "rendermultimedia" -> false;
            default -> true;
        };
    }

    private static String local(Element element) {
        var name = element.normalName();
        return name.substring(name.indexOf(':') + 1);
    }
}
