package org.ehrhub.tools;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigPart;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How the records of the contracts become JSON Schemas (2020-12). */
final class RecordSchemas {
    private static final Set<Class<?>> ENVELOPES = Set.of(ListAnswer.class);

    private RecordSchemas() {}

    static SchemaGenerator generator() {
        var builder = new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.INLINE_ALL_SCHEMAS)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        builder.forTypesInGeneral()
                .withPropertySorter((_, _) -> 0)
                .withCustomDefinitionProvider(RecordSchemas::textTypes);
        describe(builder.forFields());
        return new SchemaGenerator(builder.build());
    }

    private static @Nullable CustomDefinition textTypes(ResolvedType type, SchemaGenerationContext context) {
        var text = context.getGeneratorConfig().createObjectNode().put("type", "string");
        var erased = type.getErasedType();
        if (erased == Reference.class) {
            return new CustomDefinition(text);
        }
        if (erased == SlotRef.class) {
            return new CustomDefinition(text.put("maxLength", 1000));
        }
        if (erased == FhirJson.class) {
            return new CustomDefinition(context.getGeneratorConfig()
                    .createObjectNode()
                    .put("type", "object")
                    .put("additionalProperties", true));
        }
        return erased == OffsetDateTime.class || erased == Instant.class
                ? new CustomDefinition(text.put("format", "date-time"))
                : null;
    }

    private static void describe(SchemaGeneratorConfigPart<FieldScope> fields) {
        fields.withIgnoreCheck(field -> words(field, Describe::hidden).isPresent());
        fields.withRequiredCheck(RecordSchemas::required);
        fields.withDescriptionResolver(
                field -> words(field, _ -> true).map(Describe::value).orElse(null));
        fields.withStringPatternResolver(field ->
                words(field, d -> !d.pattern().isEmpty()).map(Describe::pattern).orElse(null));
        fields.withEnumResolver(field -> words(field, d -> d.oneOf().length > 0)
                .<List<?>>map(d -> List.of(d.oneOf()))
                .orElse(null));
        fields.withNumberInclusiveMinimumResolver(field -> words(field, d -> d.minimum() > Integer.MIN_VALUE)
                .map(d -> BigDecimal.valueOf(d.minimum()))
                .orElse(null));
        fields.withNumberInclusiveMaximumResolver(field -> words(field, d -> d.maximum() < Integer.MAX_VALUE)
                .map(d -> BigDecimal.valueOf(d.maximum()))
                .orElse(null));
    }

    private static Optional<Describe> words(FieldScope field, Predicate<Describe> when) {
        return field.isFakeContainerItemScope()
                ? Optional.empty()
                : Optional.ofNullable(field.getAnnotation(Describe.class)).filter(when);
    }

    /** Answers leave out empty lists, except those of the envelopes, which are always there. */
    private static boolean required(FieldScope field) {
        var declaring = field.getDeclaringType().getErasedType();
        var raw = field.getRawMember();
        var nullable = raw.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return !nullable && (ENVELOPES.contains(declaring) || !List.class.isAssignableFrom(raw.getType()));
    }
}
