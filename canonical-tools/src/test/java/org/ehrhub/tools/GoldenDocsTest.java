package org.ehrhub.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds the docs about tools and errors to the contracts; {@code ./check --update} rewrites them. */
class GoldenDocsTest {
    private static final Path DOCS = Path.of("../docs");

    @Test
    void theToolsAreDocumentedAsTheyAre() throws IOException {
        var text = new StringBuilder("""
                # Tools

                Written by a test from the contracts in `canonical-tools`. On the wire a tool is called `patient_get` unless the
                setting `tool-names` says otherwise; both forms are accepted.

                | tool | risk | what it is |
                |---|---|---|
                """);
        for (var tool : ToolCatalog.canonical().tools()) {
            text.append("| [`%s`](#%s) | %s | %s |\n"
                    .formatted(tool.name(), tool.name().replace(".", ""), tool.risk(), tool.title()));
        }
        ToolCatalog.canonical().tools().forEach(tool -> text.append(section(tool)));
        holds("tools.md", text.toString());
    }

    @Test
    void theErrorsAreDocumentedAsTheyAre() throws IOException {
        var text = new StringBuilder("""
                # Errors

                Written by a test from `ErrorCode`. A tool that fails answers `isError: true` and, as text,
                `{"error": {"code", "message", "retryable", "hint", "callId"}}`. `message` says what happened and `hint` what to do next,
                both in the hub's words; `callId` finds the call in the audit trail and the log. JSON-RPC errors are for faults of the
                protocol only.

                | code | retryable | what it means and what to do |
                |---|---|---|
                """);
        for (var code : ErrorCode.values()) {
            text.append("| `%s` | %s | %s |\n".formatted(code, code.retryable() ? "yes" : "no", code.meaning()));
        }
        holds("errors.md", text.toString());
    }

    private static String section(CanonicalTool<?, ?> tool) {
        var text = new StringBuilder("\n## %s\n%s\n\n".formatted(tool.name(), tool.description()))
                .append("| argument | | |\n|---|---|---|\n");
        Arrays.stream(tool.input().getRecordComponents())
                .forEach(component -> text.append("| `%s` | %s | %s |\n"
                        .formatted(
                                component.getName(), optional(component) ? "optional" : "required", words(component))));
        text.append("\nAnswers with %s `%s`: "
                .formatted(
                        tool instanceof CanonicalTool.Listing<?, ?> ? "a list of" : "one",
                        tool.output().getSimpleName()));
        text.append(String.join(
                        ", ",
                        Arrays.stream(tool.output().getRecordComponents())
                                .map(component -> "`" + component.getName() + "`")
                                .toList()))
                .append(".\n");
        return text.toString();
    }

    private static boolean optional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String words(RecordComponent component) {
        try {
            return component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(Describe.class)
                    .value()
                    .replace("|", "\\|");
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void holds(String file, String text) throws IOException {
        var golden = DOCS.resolve(file);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, text);
        }
        assertThat(golden).as("./check --update rewrites it").hasContent(text);
    }
}
