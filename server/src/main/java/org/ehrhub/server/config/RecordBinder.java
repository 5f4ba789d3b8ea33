package org.ehrhub.server.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binds keys to a record: each component is a key in kebab case; one that is {@code @Nullable} may be absent, one with a
 * {@link Default} has it, a list, set or map is empty, and every other must be given. A key that no component has is
 * refused; a {@link Place} is where the record itself stands. What a constructor refuses becomes a problem at the key its
 * message begins with.
 */
final class RecordBinder {
    private final ValueBinder values;
    private final Problems problems;

    RecordBinder(ValueReaders readers, Problems problems) {
        this.problems = problems;
        values = new ValueBinder(this, readers, problems);
    }

    /** The record, or null when there were problems. */
    <T> @Nullable T bind(Class<T> type, YamlValue.Keys keys) {
        var before = problems.count();
        var components = new LinkedHashMap<String, RecordComponent>();
        for (var component : type.getRecordComponents()) {
            components.put(Spelling.kebab(component.getName()), component);
        }
        refuseUnknown(keys, known(components));
        var arguments = components.entrySet().stream()
                .map(entry -> argument(entry.getKey(), entry.getValue(), keys))
                .toArray();
        return problems.count() > before ? null : construct(type, arguments, keys);
    }

    private static Set<String> known(Map<String, RecordComponent> components) {
        var known = new LinkedHashSet<>(components.keySet());
        components.forEach((key, component) -> {
            if (component.getType() == Place.class) {
                known.remove(key);
            }
        });
        return known;
    }

    private void refuseUnknown(YamlValue.Keys keys, Set<String> known) {
        keys.entries().forEach((key, value) -> {
            if (known.contains(key)) {
                return;
            }
            if (value instanceof YamlValue.Empty) {
                // Perhaps no key at all but a value in the wrong place, so it is not repeated.
                problems.add(keys.place(), "holds a key without a value that is not known here; remove it");
            } else {
                problems.add(value.place(), "is not a known key; " + Spelling.suggest(key, known));
            }
        });
    }

    private @Nullable Object argument(String key, RecordComponent component, YamlValue.Keys keys) {
        if (component.getType() == Place.class) {
            return keys.place();
        }
        var given = keys.entries().get(key);
        if (given != null && !(given instanceof YamlValue.Empty)) {
            return values.bind(component.getGenericType(), given);
        }
        return absent(key, component, keys.place());
    }

    private @Nullable Object absent(String key, RecordComponent component, Place parent) {
        var otherwise = component.getAnnotation(Default.class);
        var type = component.getGenericType();
        var place = parent.child(key, parent.line());
        if (otherwise != null && !otherwise.value().isEmpty()) {
            return values.bind(type, new YamlValue.Scalar(place, otherwise.value()));
        }
        if (otherwise != null || isCollection(component.getType())) {
            return values.bind(type, none(place, component.getType()));
        }
        if (!isNullable(component)) {
            problems.add(place, "is missing; add it");
        }
        return null;
    }

    private static YamlValue none(Place place, Class<?> type) {
        var list = type == List.class || type == Set.class;
        return list ? new YamlValue.Items(place, List.of()) : new YamlValue.Keys(place, Map.of());
    }

    private static boolean isCollection(Class<?> type) {
        return type == List.class || type == Set.class || type == Map.class;
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private <T> @Nullable T construct(Class<T> type, @Nullable Object[] arguments, YamlValue.Keys keys) {
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                refused(type, refusal, keys);
                return null;
            }
            throw new IllegalStateException("The constructor of " + type + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Not a record the configuration can fill: " + type, e);
        }
    }

    private void refused(Class<?> type, IllegalArgumentException refusal, YamlValue.Keys keys) {
        var words = refusal.getMessage();
        // An exception of the JDK, or one made from another, may quote the value.
        var trusted = refusal.getClass() == IllegalArgumentException.class && refusal.getCause() == null;
        if (words == null || words.isBlank() || !trusted) {
            problems.add(keys.place(), "holds a value that is not accepted; see the documentation of this group");
            return;
        }
        var parts = words.split("[\\s:]+", 2);
        var key = Spelling.kebab(parts[0].substring(parts[0].lastIndexOf('.') + 1));
        var isKey = Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> Spelling.kebab(component.getName()).equals(key));
        if (isKey && parts.length == 2) {
            var value = keys.entries().get(key);
            var place = value == null ? keys.place().child(key, keys.place().line()) : value.place();
            problems.add(place, parts[1]);
        } else {
            problems.add(keys.place(), words);
        }
    }
}
