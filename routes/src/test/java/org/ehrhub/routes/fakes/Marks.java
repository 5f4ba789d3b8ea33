package org.ehrhub.routes.fakes;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;

/**
 * Fills records of any type, each text with a word and the groups it belongs to: {@code MARK.CONTACT}.
 *
 * @param patient whose they are
 * @param own what each of their own references is
 * @param word what each text begins with
 * @param beside what stands in lists of rows as well
 */
record Marks(Reference patient, Reference own, String word, List<Marks> beside) {
    Marks(Reference patient, Reference own, String word) {
        this(patient, own, word, List.of());
    }

    <T extends Record> T filled(Class<T> type) {
        return filled(type, Set.of());
    }

    private <T extends Record> T filled(Class<T> type, Set<FieldGroup> around) {
        var components = type.getRecordComponents();
        try {
            return type.getConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(Arrays.stream(components)
                            .map(component -> value(type, component, around))
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(Class<?> owner, RecordComponent component, Set<FieldGroup> around) {
        var groups = new TreeSet<>(around);
        var group = component.isAnnotationPresent(Group.class)
                ? component.getAnnotation(Group.class)
                : owner.getAnnotation(Group.class);
        groups.addAll(group == null ? Set.of(FieldGroup.CLINICAL) : Set.of(group.value()));
        var words = words(owner, component);
        if (component.getType() == Reference.class
                && Set.of("subject", "patient").contains(component.getName())) {
            return patient;
        }
        return words.oneOf().length > 0 ? words.oneOf()[0] : value(component.getGenericType(), groups);
    }

    private Object value(Type type, Set<FieldGroup> groups) {
        var mark =
                word + String.join("", groups.stream().map(group -> "." + group).toList());
        if (type instanceof ParameterizedType list) {
            var item = list.getActualTypeArguments()[0];
            return isRow(item)
                    ? Stream.concat(Stream.of(this), beside.stream())
                            .map(marks -> marks.value(item, groups))
                            .toList()
                    : List.of(value(item, groups));
        }
        var plain = Map.<Type, Object>of(
                String.class,
                mark,
                Reference.class,
                own,
                SlotRef.class,
                new SlotRef(own.ehr(), "slot-1"),
                FhirJson.class,
                new FhirJson("{\"text\":\"" + mark + "\"}"),
                BigDecimal.class,
                BigDecimal.ONE,
                OffsetDateTime.class,
                OffsetDateTime.parse("2026-03-02T09:00:00-05:00"));
        if (plain.containsKey(type)) {
            return plain.get(type);
        }
        if (type == Integer.class || type == int.class) {
            return 1;
        }
        return type == Boolean.class || type == boolean.class ? (Object) true : filled(record(type), groups);
    }

    private static boolean isRow(Type type) {
        return type instanceof Class<?> item && PatientRow.class.isAssignableFrom(item);
    }

    private static Class<? extends Record> record(Type type) {
        return ((Class<?>) type).asSubclass(Record.class);
    }

    private static Describe words(Class<?> owner, RecordComponent component) {
        try {
            return owner.getDeclaredField(component.getName()).getAnnotation(Describe.class);
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }
}
