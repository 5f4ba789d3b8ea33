package org.ehrhub.fhir.documents;

import java.util.function.Predicate;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Marked-up text as lines: blocks on lines of their own, cells of a row side by side, items with a dash. */
final class MarkupText implements NodeVisitor {
    private final Predicate<Element> isBlock;
    private final StringBuilder text = new StringBuilder();

    private MarkupText(Predicate<Element> isBlock) {
        this.isBlock = isBlock;
    }

    static String of(Element root, Predicate<Element> isBlock) {
        var lines = new MarkupText(isBlock);
        root.traverse(lines);
        return lines.text.toString().strip();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode words) {
            append(words.getWholeText(), isWithinPre(words));
        } else if (node instanceof Element element) {
            switch (element.normalName()) {
                case "br" -> text.append('\n');
                case "li", "item" -> newLine().append("- ");
                case "td", "th" -> cell();
                default -> block(element);
            }
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element && !element.normalName().equals("br")) {
            switch (element.normalName()) {
                case "td", "th" -> {}
                case "p", "paragraph", "table", "ul", "ol", "list", "h1", "h2", "h3", "h4" ->
                    newLine().append('\n');
                default -> block(element);
            }
        }
    }

    private void block(Element element) {
        if (isBlock.test(element)) {
            newLine();
        }
    }

    private void cell() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append(" | ");
        }
    }

    /** A block within a cell or after a dash does not begin a line of its own. */
    private StringBuilder newLine() {
        while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ' && !endsOpen()) {
            text.setLength(text.length() - 1);
        }
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n' && !endsOpen()) {
            text.append('\n');
        }
        return text;
    }

    private boolean endsOpen() {
        return endsWith(" | ") || endsWith("- ");
    }

    private boolean endsWith(String mark) {
        int from = text.length() - mark.length();
        return from >= 0 && text.indexOf(mark, from) == from;
    }

    private void append(String words, boolean asWritten) {
        if (asWritten) {
            text.append(words);
            return;
        }
        var plain = words.replaceAll("\\s+", " ");
        boolean fresh = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
        text.append(fresh ? plain.stripLeading() : plain);
    }

    private static boolean isWithinPre(TextNode words) {
        var parent = words.parent();
        return parent != null && parent.closest("pre, textarea") != null;
    }
}
