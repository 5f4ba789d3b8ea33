package org.ehrhub.fhir.charts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListAnswer;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;

/** Answers as the hub sends them: JSON without nulls, empty lists and what is hidden, references as text. */
final class AnswerJson {
    private static final String UUID = "6b01025b-43b4-a9e4-525b-872995031987";
    private static final Instant NOW = Instant.parse("2026-11-21T16:18:05.123456Z");
    /** Of the hub's cursors, sealed around a search of some hundred characters. */
    private static final int CURSOR = 300;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Reference.class, new Written<>())
                    .addSerializer(Instant.class, new Written<>()))
            .annotationIntrospector(new Shown())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
            .build();

    private AnswerJson() {}

    /** Bytes of a list's answer whose ids are as long as UUIDs. */
    static int bytes(Page<?> page) {
        int rows = page.items().size();
        var source = new ListAnswer.Source("stmarys", "ok", NOW, rows, page.totalOrNull(), page.complete());
        var cursor = page.nextOrNull() == null ? null : "c".repeat(CURSOR);
        var answer = new ListAnswer<>(
                List.of(source), rows, page.complete(), cursor, page.warnings(), List.copyOf(page.items()));
        return json(answer).getBytes(StandardCharsets.UTF_8).length;
    }

    /** A record as the hub sends it, each id as long as a UUID. */
    static String json(Record value) {
        try {
            return MAPPER.writeValueAsString(value)
                    .replaceAll("(\"[a-z]+/[A-Z][A-Za-z]+/)[A-Za-z0-9.-]+\"", "$1" + UUID + "\"");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Written<T> extends JsonSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class Shown extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean hasIgnoreMarker(AnnotatedMember member) {
            var words = member.getAnnotation(Describe.class);
            return (words != null && words.hidden()) || super.hasIgnoreMarker(member);
        }
    }
}
