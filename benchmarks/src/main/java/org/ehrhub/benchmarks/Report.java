package org.ehrhub.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The results as Markdown; figures and tables are printed as they come. */
public final class Report {
    private final List<String> body = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    /** Begins a section. */
    public void section(String title) {
        add("## " + title);
    }

    /** Adds a paragraph. */
    public void text(String paragraph) {
        add(paragraph);
    }

    /** Adds a figure worth a line of its own. */
    public void figure(String sentence) {
        add("**" + sentence + "**");
    }

    /** Adds a table; all columns but the first hold figures. */
    public void table(List<String> heads, List<List<String>> rows) {
        var lines = new ArrayList<String>();
        lines.add(line(heads));
        lines.add("|---|" + "--:|".repeat(heads.size() - 1));
        rows.forEach(row -> lines.add(line(row)));
        add(String.join("\n", lines));
    }

    /** Adds a target with what was measured. */
    public void target(Target target) {
        targets.add(target);
    }

    /** The targets as a table. */
    String targets() {
        var rows = targets.stream()
                .map(t -> line(List.of(t.name(), t.wanted(), t.found(), t.verdict())))
                .collect(Collectors.joining("\n"));
        return "| target | wanted | measured | |\n|---|--:|--:|---|\n" + rows;
    }

    /** What a part found. */
    String block(Machine machine, String command) {
        var found = "`%s`: %s\n\n".formatted(command, machine);
        return found + (hasTargets() ? targets() + "\n\n" : "") + String.join("\n\n", body) + "\n";
    }

    boolean hasTargets() {
        return !targets.isEmpty();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private void add(String block) {
        body.add(block);
        System.out.println(block);
        System.out.println();
    }

    static {
        // Figures look the same wherever they are measured.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    }
}
