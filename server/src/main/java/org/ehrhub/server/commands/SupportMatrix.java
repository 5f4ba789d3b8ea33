package org.ehrhub.server.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ehrs.EhrTools;

/** The table tool by EHR: what each adapter registered, with the finer points below. */
final class SupportMatrix {
    private SupportMatrix() {}

    static List<String> of(ToolCatalog catalog, EhrRegistry registry) {
        var lines = new ArrayList<String>();
        var width = catalog.tools().stream()
                .mapToInt(tool -> tool.name().length())
                .max()
                .orElse(0);
        lines.add("");
        lines.add(pad("tool", width)
                + registry.all().stream().map(entry -> "  " + entry.ehr()).collect(Collectors.joining()));
        for (var tool : catalog.tools()) {
            lines.add((pad(tool.name(), width)
                            + registry.all().stream()
                                    .map(entry -> "  "
                                            + pad(
                                                    supports(entry, tool.name()) ? "yes" : "-",
                                                    entry.ehr().length()))
                                    .collect(Collectors.joining()))
                    .stripTrailing());
        }
        lines.addAll(features(catalog, registry));
        return lines;
    }

    private static boolean supports(EhrRegistry.Entry entry, String tool) {
        return tool.equals(EhrTools.LIST.name()) || entry.handlers().find(tool).isPresent();
    }

    private static List<String> features(ToolCatalog catalog, EhrRegistry registry) {
        var lines = new ArrayList<String>();
        for (var entry : registry.all()) {
            for (var tool : catalog.tools()) {
                entry.handlers()
                        .find(tool.name())
                        .map(ToolHandlers.Registration::features)
                        .filter(features -> !features.isEmpty())
                        .ifPresent(features -> lines.add(entry.ehr() + " " + tool.name() + ": "
                                + features.stream()
                                        .sorted()
                                        .map(SupportMatrix::words)
                                        .collect(Collectors.joining(", "))));
            }
        }
        if (!lines.isEmpty()) {
            lines.addFirst("");
        }
        return lines;
    }

    private static String words(Enum<?> feature) {
        return feature.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
