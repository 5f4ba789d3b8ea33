package org.ehrhub.routes.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.ListAnswer;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The records of the contracts as JSON: short, without nulls, times with their offset, references as text, slots sealed. */
public final class CanonicalJson {
    /** Keeps numbers as they are written: 1.50 stays 1.50. */
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final JsonMapper wire;
    private final JsonMapper plain;

    /** JSON whose slots are sealed with these seals. */
    public CanonicalJson(Seals seals) {
        wire = mapper(
                JsonInclude.Include.NON_EMPTY,
                new SimpleModule()
                        .addSerializer(SlotRef.class, new SlotWriter(seals))
                        .addDeserializer(SlotRef.class, new SlotReader(seals))
                        .addSerializer(String.class, new TextWriter())
                        .addSerializer(FhirJson.class, new FhirWriter(PlainText::in)));
        plain = mapper(
                JsonInclude.Include.ALWAYS,
                new SimpleModule().addSerializer(FhirJson.class, new FhirWriter(tree -> tree)));
    }

    /** The mapper for what crosses the wire. */
    public JsonMapper wire() {
        return wire;
    }

    /**
     * An input record of arguments that fit its schema.
     *
     * @throws InvalidArgument when the record refuses one
     */
    public <I extends Record> I read(JsonNode arguments, Class<I> type) {
        try {
            return wire.treeToValue(arguments, type);
        } catch (JacksonException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof InvalidArgument invalid) {
                    throw named(invalid, e);
                }
            }
            throw new InvalidArgument(argument(e), "has not the form that the tool's schema asks for");
        }
    }

    /** A record as JSON in which nothing is sealed anew or cleaned, to be digested: only equal records give equal texts. */
    public String plain(Record value) {
        return plain.writeValueAsString(value);
    }

    /** The same as a tree. */
    public JsonNode exact(Record value) {
        return TREES.readTree(plain(value));
    }

    private static InvalidArgument named(InvalidArgument invalid, JacksonException at) {
        return invalid.argument().equals("reference") ? new InvalidArgument(argument(at), invalid.problem()) : invalid;
    }

    private static String argument(JacksonException e) {
        var path = e.getPath();
        return path.isEmpty() || path.getFirst().getPropertyName() == null
                ? "arguments"
                : path.getFirst().getPropertyName();
    }

    private static JsonMapper mapper(JsonInclude.Include written, SimpleModule module) {
        module.addSerializer(Instant.class, new MomentWriter())
                .addDeserializer(FhirJson.class, new FhirReader())
                .addSerializer(Reference.class, new ReferenceWriter())
                .addDeserializer(Reference.class, new ReferenceReader());
        return JsonMapper.builder()
                .addModule(module)
                .addMixIn(ListAnswer.class, Envelope.class)
                .annotationIntrospector(new ContractFields())
                .changeDefaultPropertyInclusion(i -> i.withValueInclusion(written))
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** Leaves out what a contract keeps for the hub's own checks, and never a text that it promises, even when it is empty. */
    private static final class ContractFields extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean hasIgnoreMarker(MapperConfig<?> config, AnnotatedMember member) {
            var words = member.getAnnotation(Describe.class);
            return (words != null && words.hidden()) || super.hasIgnoreMarker(config, member);
        }

        @Override
        public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated element) {
            var promised = element.getRawType() == String.class
                    && element.getAnnotated() instanceof Method accessor
                    && !accessor.getAnnotatedReturnType().isAnnotationPresent(Nullable.class);
            return promised
                    ? JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS)
                    : super.findPropertyInclusion(config, element);
        }
    }

    /** The envelope of lists shows its own lists even when they are empty. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface Envelope {}

    private static final class TextWriter extends ValueSerializer<String> {
        @Override
        public void serialize(String value, JsonGenerator out, SerializationContext context) {
            out.writeString(PlainText.of(value));
        }

        @Override
        public boolean isEmpty(SerializationContext context, String value) {
            return value.isEmpty();
        }
    }

    /** When an EHR was read: to the second, which is as exact as that can be. */
    private static final class MomentWriter extends ValueSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    private static final class FhirWriter extends ValueSerializer<FhirJson> {
        private final UnaryOperator<JsonNode> form;

        FhirWriter(UnaryOperator<JsonNode> form) {
            this.form = form;
        }

        @Override
        public void serialize(FhirJson value, JsonGenerator out, SerializationContext context) {
            out.writeTree(form.apply(TREES.readTree(value.text())));
        }
    }

    private static final class FhirReader extends ValueDeserializer<FhirJson> {
        @Override
        public FhirJson deserialize(JsonParser in, DeserializationContext context) {
            return new FhirJson(in.readValueAsTree().toString());
        }
    }

    private static final class ReferenceWriter extends ValueSerializer<Reference> {
        @Override
        public void serialize(Reference value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.toString());
        }
    }

    private static final class ReferenceReader extends ValueDeserializer<Reference> {
        @Override
        public Reference deserialize(JsonParser in, DeserializationContext context) {
            return Reference.parse(in.getString());
        }
    }

    private static final class SlotWriter extends ValueSerializer<SlotRef> {
        private final Seals seals;

        SlotWriter(Seals seals) {
            this.seals = seals;
        }

        @Override
        public void serialize(SlotRef value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.ehr() + "/slot/" + seals.seal("slot " + value.ehr(), value.content()));
        }
    }

    private static final class SlotReader extends ValueDeserializer<SlotRef> {
        private final Seals seals;

        SlotReader(Seals seals) {
            this.seals = seals;
        }

        @Override
        public SlotRef deserialize(JsonParser in, DeserializationContext context) {
            var parts = in.getString().split("/", -1);
            if (parts.length == 3 && parts[1].equals("slot")) {
                var content = seals.open("slot " + parts[0], parts[2]);
                if (content.isPresent()) {
                    return new SlotRef(parts[0], content.get());
                }
            }
            throw new InvalidArgument("slotRef", "must be a slotRef exactly as slot.search returned it");
        }
    }
}
