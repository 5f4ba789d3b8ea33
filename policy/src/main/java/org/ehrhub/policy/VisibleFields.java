package org.ehrhub.policy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.jspecify.annotations.Nullable;

/** Which groups the fields of an answer's record belong to, and the record without those that a caller may not see. */
public final class VisibleFields {
    /** What stands in a text that a contract promises and policy keeps back. */
    public static final String WITHHELD = "withheld";

    private static final ClassValue<Form> FORMS = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return form(type);
        }
    };

    private VisibleFields() {}

    /** The groups of a record's fields and of the records in it. */
    public static Set<FieldGroup> groups(Class<? extends Record> type) {
        var found = EnumSet.noneOf(FieldGroup.class);
        for (var field : FORMS.get(type).fields) {
            found.addAll(field.groups);
            if (field.nested != null) {
                found.addAll(groups(field.nested));
            }
        }
        return found;
    }

    /** Whether anything but references is left of such a record without these groups. */
    public static boolean shows(Class<? extends Record> type, Collection<FieldGroup> withheld) {
        return FORMS.get(type).fields.stream()
                .filter(field -> !field.isPointer && field.groups.stream().noneMatch(withheld::contains))
                .anyMatch(field -> field.nested == null || shows(field.nested, withheld));
    }

    /** The same record without the fields of these groups; the record itself when it has none of them. */
    public static <T extends Record> T without(T value, Set<FieldGroup> withheld) {
        return changed(
                value,
                (field, before) ->
                        field.groups.stream().anyMatch(withheld::contains) ? field.empty : inner(before, withheld));
    }

    /** The same record without the rows, in its lists and in the records in it, that a test finds hidden. */
    public static <T extends Record> T withoutRows(T value, Predicate<Record> hidden) {
        return changed(value, (field, before) -> rows(before, hidden));
    }

    private static <T extends Record> T changed(T value, Change change) {
        var form = FORMS.get(value.getClass());
        var fields = form.fields;
        var changed = false;
        var values = new @Nullable Object[fields.size()];
        for (var i = 0; i < values.length; i++) {
            var before = fields.get(i).of(value);
            values[i] = change.of(fields.get(i), before);
            changed |= !Objects.equals(values[i], before);
        }
        @SuppressWarnings("unchecked") // the constructor is that of the value's own class
        var copy = changed ? (T) form.copy(values) : value;
        return copy;
    }

    private static @Nullable Object inner(@Nullable Object value, Set<FieldGroup> withheld) {
        if (value instanceof List<?> list) {
            var inner = list.stream().map(item -> inner(item, withheld)).toList();
            return inner.equals(list) ? list : inner;
        }
        return value instanceof Record row && !isPlain(row.getClass()) ? without(row, withheld) : value;
    }

    private static @Nullable Object rows(@Nullable Object value, Predicate<Record> hidden) {
        if (value instanceof List<?> list) {
            var left = list.stream()
                    .filter(item -> !(item instanceof Record row) || isPlain(row.getClass()) || !hidden.test(row))
                    .map(item -> rows(item, hidden))
                    .toList();
            return left.equals(list) ? list : left;
        }
        return value instanceof Record row && !isPlain(row.getClass()) ? withoutRows(row, hidden) : value;
    }

    /** What becomes of a field's value. */
    private interface Change {
        @Nullable
        Object of(Field field, @Nullable Object before);
    }

    private static boolean isPlain(Class<?> type) {
        return type == Reference.class || type == SlotRef.class || type == FhirJson.class;
    }

    private record Form(Constructor<?> constructor, List<Field> fields) {
        Object copy(@Nullable Object[] values) {
            try {
                return constructor.newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("A record must take its own fields without some of them", e);
            }
        }
    }

    /**
     * A field.
     *
     * @param nested the record that it holds, or that its list holds
     * @param isPointer whether it only says which record is meant
     * @param empty what stands there when it is withheld
     */
    private record Field(
            Method accessor,
            Set<FieldGroup> groups,
            @Nullable Class<? extends Record> nested,
            boolean isPointer,
            @Nullable Object empty) {
        @Nullable
        Object of(Record value) {
            try {
                return accessor.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Records of the contracts are public", e);
            }
        }
    }

    private static Form form(Class<?> type) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return new Form(
                    type.getConstructor(types),
                    Arrays.stream(components)
                            .map(component -> field(type, component))
                            .toList());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Records of the contracts are public", e);
        }
    }

    private static Field field(Class<?> type, RecordComponent component) {
        var content = content(component);
        var nested = content.isRecord() && !isPlain(content) ? content.asSubclass(Record.class) : null;
        var isPointer = content == Reference.class || content == SlotRef.class || isHidden(type, component);
        Set<FieldGroup> groups = isPointer ? Set.of() : groups(type, component);
        return new Field(
                component.getAccessor(), groups, nested, isPointer, groups.isEmpty() ? null : empty(component));
    }

    private static Class<?> content(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> item
                ? item
                : component.getType();
    }

    private static Set<FieldGroup> groups(Class<?> type, RecordComponent component) {
        var own = component.getAnnotation(Group.class);
        var group = own == null ? type.getAnnotation(Group.class) : own;
        return group == null ? Set.of(FieldGroup.CLINICAL) : Set.of(group.value());
    }

    private static boolean isHidden(Class<?> type, RecordComponent component) {
        try {
            var words = type.getDeclaredField(component.getName()).getAnnotation(Describe.class);
            return words != null && words.hidden();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("Each component of a record has its field", e);
        }
    }

    /** What still fits the contract: nothing where it may be absent, else the emptiest there is. */
    private static @Nullable Object empty(RecordComponent component) {
        if (component.getType() == List.class) {
            return List.of();
        }
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return null;
        }
        if (component.getType() == String.class) {
            return WITHHELD;
        }
        if (component.getType() == FhirJson.class) {
            return new FhirJson("{}");
        }
        if (component.getType() == Integer.class) {
            return 0;
        }
        throw new IllegalStateException("A field that every answer holds cannot be withheld: " + component);
    }
}
