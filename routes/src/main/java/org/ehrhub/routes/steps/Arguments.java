package org.ehrhub.routes.steps;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;

/** What can be read off any input or answer record. */
final class Arguments {
    /** The accessors of a record's references: asking the JDK for components anew costs as much as the rest of a step. */
    private static final ClassValue<List<Method>> REFERENCES = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> component.getType() == Reference.class
                            || component.getType() == SlotRef.class
                            || holdsReferences(component.getGenericType()))
                    .map(RecordComponent::getAccessor)
                    .toList();
        }
    };

    private static final ClassValue<List<Method>> LISTS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> component.getType() == List.class)
                    .map(RecordComponent::getAccessor)
                    .toList();
        }
    };

    private Arguments() {}

    private static boolean holdsReferences(Type type) {
        return type instanceof ParameterizedType list && list.getActualTypeArguments()[0] == Reference.class;
    }

    static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** The references a record holds directly, each with the name of its component. */
    static List<Named> references(Record value) {
        var found = new ArrayList<Named>();
        for (var accessor : REFERENCES.get(value.getClass())) {
            switch (get(accessor, value)) {
                case Reference reference ->
                    found.add(new Named(accessor.getName(), reference.ehr(), reference.toString()));
                case SlotRef slot -> found.add(new Named(accessor.getName(), slot.ehr(), ""));
                case List<?> list ->
                    list.stream()
                            .filter(Reference.class::isInstance)
                            .map(Reference.class::cast)
                            .map(one -> new Named(accessor.getName(), one.ehr(), one.toString()))
                            .forEach(found::add);
                case null, default -> {}
            }
        }
        return found;
    }

    /** A record and the records in its lists. */
    static Stream<Record> rows(Record value) {
        return Stream.concat(
                Stream.of(value),
                LISTS.get(value.getClass()).stream()
                        .flatMap(accessor ->
                                get(accessor, value) instanceof List<?> list ? list.stream() : Stream.empty())
                        .filter(Record.class::isInstance)
                        .map(Record.class::cast));
    }

    /** A reference under its component's name; the text is empty where it is opaque. */
    record Named(String argument, String ehr, String text) {}

    private static Object get(Method accessor, Record value) {
        try {
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Records of the contracts are public", e);
        }
    }
}
