package org.ehrhub.fhir.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.fhir.SandboxEhr;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Coded;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.terminology.Concept;
import org.ehrhub.tools.terminology.TerminologyExpand;
import org.ehrhub.tools.terminology.TerminologyLookup;
import org.ehrhub.tools.terminology.TerminologyTools;
import org.ehrhub.tools.terminology.TerminologyTranslate;
import org.ehrhub.tools.terminology.TerminologyValidate;
import org.ehrhub.tools.terminology.Translation;
import org.ehrhub.tools.terminology.Validation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The terminology service of the sandbox's first site, as the contracts' examples ask it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxTerminologyIT {
    private final SandboxEhr ehr = new SandboxEhr("stmarys", null);

    @AfterAll
    void close() {
        ehr.close();
    }

    @Test
    void knowsTheCodesOfTheCharts() {
        Concept concept = ask(TerminologyTools.LOOKUP, new TerminologyLookup("stmarys", "loinc|4548-4"), null);
        Validation valid =
                ask(TerminologyTools.VALIDATE, new TerminologyValidate("stmarys", "loinc|4548-4", null, null), null);
        Validation invalid =
                ask(TerminologyTools.VALIDATE, new TerminologyValidate("stmarys", "loinc|0-0", null, null), null);
        Translation translation = ask(
                TerminologyTools.TRANSLATE,
                new TerminologyTranslate("stmarys", "snomed|38341003", "icd10cm", null),
                null);

        assertThat(concept.display()).contains("Hemoglobin A1c");
        assertThat(valid.valid()).isTrue();
        assertThat(invalid.valid()).isFalse();
        assertThat(translation.matches()).extracting(Translation.Match::code).containsExactly("icd10cm|I10");
    }

    @Test
    void readsAValueSetToItsEnd() {
        var codes = new ArrayList<String>();
        String cursor = null;
        Page<Coded> page;
        do {
            page = ask(
                    TerminologyTools.EXPAND,
                    new TerminologyExpand("stmarys", "https://stmarys.example/fhir/ValueSet/loinc", null, cursor, 7),
                    cursor);
            page.items().forEach(row -> codes.add(row.code()));
            cursor = page.nextOrNull();
        } while (cursor != null && codes.size() < 1000);

        assertThat(codes).doesNotHaveDuplicates().contains("loinc|4548-4");
        assertThat(page.total()).hasValue(codes.size());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // each caller names the answer it knows the tool gives
    private <I extends Record, R extends Record> R ask(CanonicalTool<I, ?> tool, I input, @Nullable String cursor) {
        var call = new CallContext(
                "call-1", new Caller("test", Set.of()), Instant.now().plus(Duration.ofSeconds(20)), cursor, null);
        var handler = (ToolHandler<I, R>)
                ehr.adapter().handlers().find(tool.name()).orElseThrow().handler();
        var result = handler.handle(input, call);
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<R>) result).value();
    }
}
