package org.ehrhub.medplum.bots;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The output of a tool out of a bot's JSON: exactly the contract's record, with references as the EHR writes them. Nothing is
 * guessed, turned into another type or passed over.
 */
final class CanonicalAnswer {
    private final String ehr;

    CanonicalAnswer(String ehr) {
        this.ehr = ehr;
    }

    /** JSON that is not the record. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** The record. */
    <O extends Record> O read(JsonNode json, Class<O> type) throws Unfit {
        return type.cast(record(json, type));
    }

    private Object record(JsonNode json, Class<?> type) throws Unfit {
        var components = type.getRecordComponents();
        need(json.isObject());
        var names = Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
        need(names.containsAll(names(json)));
        var arguments = new @Nullable Object[components.length];
        for (int at = 0; at < components.length; at++) {
            arguments[at] = component(json.path(components[at].getName()), components[at]);
        }
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new Unfit(); // the record itself refuses it
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private @Nullable Object component(JsonNode json, RecordComponent component) throws Unfit {
        if (json.isMissingNode() || json.isNull()) {
            var list = component.getType() == List.class;
            need(list || component.getAnnotatedType().isAnnotationPresent(Nullable.class));
            return list ? List.of() : null;
        }
        var value = value(json, component.getGenericType());
        var words = words(component);
        need(words.isEmpty() || words.contains(value));
        return value;
    }

    private static List<String> words(RecordComponent component) {
        try {
            var described = component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(Describe.class);
            return described == null ? List.of() : List.of(described.oneOf());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(JsonNode json, Type type) throws Unfit {
        if (type instanceof ParameterizedType generic) {
            return list(json, generic);
        }
        var plain = (Class<?>) type;
        if (plain.isRecord() && plain != Reference.class && plain != FhirJson.class) {
            return record(json, plain);
        }
        return switch (plain.getSimpleName()) {
            case "String" -> text(json);
            case "Boolean", "boolean" -> checked(json.isBoolean(), json.booleanValue());
            case "Integer", "int" -> checked(json.canConvertToInt() && json.isIntegralNumber(), json.intValue());
            case "Long", "long" -> checked(json.canConvertToLong() && json.isIntegralNumber(), json.longValue());
            case "BigDecimal" -> checked(json.isNumber(), json.decimalValue());
            case "OffsetDateTime" -> time(text(json));
            case "Reference" -> reference(text(json));
            case "FhirJson" -> checked(json.isObject(), new FhirJson(json.toString()));
            default -> throw new Unfit();
        };
    }

    private List<Object> list(JsonNode json, ParameterizedType type) throws Unfit {
        need(json.isArray() && type.getRawType() == List.class);
        var values = new ArrayList<Object>();
        for (var one : json) {
            values.add(value(one, type.getActualTypeArguments()[0]));
        }
        return List.copyOf(values);
    }

    private static String text(JsonNode json) throws Unfit {
        return checked(json.isTextual(), json.asText());
    }

    private static OffsetDateTime time(String text) throws Unfit {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new Unfit();
        }
    }

    private Reference reference(String text) throws Unfit {
        try {
            return Reference.parse(ehr + "/" + text);
        } catch (InvalidArgument e) {
            throw new Unfit();
        }
    }

    private static <T> T checked(boolean fits, T value) throws Unfit {
        need(fits);
        return value;
    }

    private static void need(boolean fits) throws Unfit {
        if (!fits) {
            throw new Unfit();
        }
    }
}
