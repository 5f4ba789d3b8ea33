package org.ehrhub.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                setting `tool-names` says otherwise; both forms are accepted. The setting `profiles` chooses which of them a hub
                offers; `reading` is every tool that reads, `all` is all of them. What an EHR supports of them `ehr.list` says, and
                [adapters.md](adapters.md).

                Every tool may fail with INVALID_INPUT, NOT_FOUND, UNSUPPORTED, DENIED, RATE_LIMITED, EHR_UNAVAILABLE or INTERNAL;
                one that writes also with CONFLICT, APPROVAL_REQUIRED, REJECTED_BY_EHR or OUTCOME_UNKNOWN
                ([errors.md](errors.md)). What goes beyond that stands with the tool.

                | tool | risk | profiles | what it is |
                |---|---|---|---|
                """);
        for (var tool : ToolCatalog.canonical().tools()) {
            text.append("| [`%s`](#%s) | %s | %s | %s |\n"
                    .formatted(tool.name(), tool.name().replace(".", ""), tool.risk(), profiles(tool), tool.title()));
        }
        ToolCatalog.canonical().tools().forEach(tool -> text.append(section(tool)));
        holds("tools.md", text.toString());
    }

    private static String profiles(CanonicalTool<?, ?> tool) {
        return Stream.of(ToolProfile.CLINICAL, ToolProfile.SCHEDULING, ToolProfile.COVERAGE, ToolProfile.CONNECTOR)
                .filter(profile -> profile.holds(tool))
                .map(profile -> profile.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
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
                                component.getName(),
                                optional(component) ? "optional" : "required",
                                limits(component))));
        text.append("\nAnswers with %s `%s`: "
                .formatted(
                        tool instanceof CanonicalTool.Listing<?, ?> ? "a list of" : "one",
                        tool.output().getSimpleName()));
        text.append(Arrays.stream(tool.output().getRecordComponents())
                .filter(component -> !words(component).hidden())
                .map(component -> "`" + component.getName() + "`")
                .collect(Collectors.joining(", ")));
        text.append(". Contract version %d.%s\n\n```json\n%s\n```\n"
                .formatted(tool.version(), moreErrors(tool), tool.example()));
        return text.toString();
    }

    private static String moreErrors(CanonicalTool<?, ?> tool) {
        var more = tool.input().getAnnotation(Describe.class).errors();
        return more.length == 0
                ? ""
                : " May also fail with " + Stream.of(more).map(Enum::name).collect(Collectors.joining(", ")) + ".";
    }

    private static String limits(RecordComponent component) {
        var words = words(component);
        var values = words.oneOf().length == 0 ? "" : " One of " + String.join(", ", words.oneOf()) + ".";
        var length = words.maxLength() == 0 ? "" : " At most " + words.maxLength() + " characters.";
        return (words.value() + values + length).replace("|", "\\|");
    }

    private static boolean optional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Describe words(RecordComponent component) {
        try {
            return component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(Describe.class);
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
