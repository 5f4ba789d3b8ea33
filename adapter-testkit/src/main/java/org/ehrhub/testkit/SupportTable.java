package org.ehrhub.testkit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.adapters.ToolHandlers.Registration;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;

/** Which tools some EHRs have, with the finer points of support: a table in Markdown with a row for each tool. */
public final class SupportTable {
    private final Map<String, ToolHandlers> columns = new LinkedHashMap<>();

    /**
     * Adds an EHR.
     *
     * @param heading of its column
     */
    public SupportTable with(String heading, ToolHandlers handlers) {
        columns.put(heading, handlers);
        return this;
    }

    /** The table. */
    public String markdown() {
        var head = "| tool |" + cells(columns.keySet().stream()) + "\n|---|" + "---|".repeat(columns.size()) + "\n";
        return ToolCatalog.canonical().tools().stream()
                .map(tool -> "| `%s` |".formatted(tool.name())
                        + cells(columns.values().stream().map(handlers -> support(tool, handlers))) + "\n")
                .collect(Collectors.joining("", head, ""));
    }

    private static String cells(Stream<String> texts) {
        return texts.map(text -> text.isEmpty() ? " |" : " " + text + " |").collect(Collectors.joining());
    }

    private static String support(CanonicalTool<?, ?> tool, ToolHandlers handlers) {
        return handlers.find(tool.name())
                .map(SupportTable::features)
                .orElseGet(() -> handlers.withheld().containsKey(tool.name())
                        ? "no: " + handlers.withheld().get(tool.name())
                        : "");
    }

    private static String features(Registration registration) {
        return registration.features().stream()
                .sorted()
                .map(feature -> feature.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", ", registration.features().isEmpty() ? "yes" : "yes: ", ""));
    }
}
