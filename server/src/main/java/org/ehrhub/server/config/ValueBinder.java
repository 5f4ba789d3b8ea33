package org.ehrhub.server.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds one value to whatever type a component has: a reader's type, enum, record, list, set, map. */
final class ValueBinder {
    private final RecordBinder records;
    private final ValueReaders readers;
    private final Problems problems;

    ValueBinder(RecordBinder records, ValueReaders readers, Problems problems) {
        this.records = records;
        this.readers = readers;
        this.problems = problems;
    }

    @Nullable
    Object bind(Type type, YamlValue value) {
        if (type instanceof ParameterizedType generic) {
            return bindMany(generic, value);
        }
        var plain = (Class<?>) type;
        var reader = readers.find(plain);
        if (reader.isPresent()) {
            return reader.get().read(value, problems);
        }
        if (plain.isEnum()) {
            return bindEnum(plain, value);
        }
        return value instanceof YamlValue.Keys keys ? records.bind(plain, keys) : not(value, "a group of keys");
    }

    private @Nullable Object bindMany(ParameterizedType type, YamlValue value) {
        if (type.getRawType() == Map.class) {
            return value instanceof YamlValue.Keys keys ? bindMap(type, keys) : not(value, "a group of keys");
        }
        if (!(value instanceof YamlValue.Items(var place, var items))) {
            return not(value, "a list");
        }
        var bound = new ArrayList<@Nullable Object>();
        items.forEach(item -> bound.add(bind(type.getActualTypeArguments()[0], item)));
        if (type.getRawType() == List.class) {
            return Collections.unmodifiableList(bound);
        }
        var set = new LinkedHashSet<>(bound);
        if (set.size() < bound.size() && bound.stream().allMatch(Objects::nonNull)) {
            problems.add(place, "holds the same entry twice; keep one");
        }
        return type.getRawType() == Set.class ? Collections.unmodifiableSet(set) : unknown(type);
    }

    private Object bindMap(ParameterizedType type, YamlValue.Keys keys) {
        var bound = new LinkedHashMap<String, @Nullable Object>();
        keys.entries().forEach((key, value) -> bound.put(key, bind(type.getActualTypeArguments()[1], value)));
        return Collections.unmodifiableMap(bound);
    }

    private @Nullable Object bindEnum(Class<?> type, YamlValue value) {
        var words = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(
                        constant -> Spelling.kebab(((Enum<?>) constant).name()),
                        constant -> constant,
                        (a, b) -> a,
                        LinkedHashMap::new));
        var found = value instanceof YamlValue.Scalar scalar ? words.get(scalar.text()) : null;
        return found == null ? not(value, "one of " + String.join(", ", words.keySet())) : found;
    }

    private @Nullable Object not(YamlValue value, String form) {
        problems.add(
                value.place(), "must be " + form + (value instanceof YamlValue.Scalar ? "" : ", not " + value.kind()));
        return null;
    }

    private static Object unknown(Type type) {
        throw new IllegalStateException("The configuration cannot fill a " + type.getTypeName());
    }
}
