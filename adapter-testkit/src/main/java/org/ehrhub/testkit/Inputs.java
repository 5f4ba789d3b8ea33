package org.ehrhub.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** Input records whose type is not known where they are made or changed. */
final class Inputs {
    /** Types that arguments refer to, likely ones first. */
    private static final List<String> TYPES = List.of(
            "Patient",
            "Encounter",
            "Practitioner",
            "Organization",
            "Coverage",
            "Appointment",
            "Task",
            "ServiceRequest",
            "DocumentReference",
            "ClaimResponse",
            "Bot",
            "Hl7Message");

    private Inputs() {}

    /** An input with these arguments and no others. */
    static Record of(Class<? extends Record> type, Map<String, ?> arguments) {
        return made(type, component -> arguments.get(component.getName()));
    }

    /**
     * The same input with another value of one argument.
     *
     * @throws InvalidArgument when the input refuses it
     */
    static Record with(Record input, String argument, @Nullable Object value) {
        return made(
                input.getClass(), component -> component.getName().equals(argument) ? value : value(input, component));
    }

    /** The same input with other values of these arguments. */
    static Record with(Record input, Map<String, ?> arguments) {
        return made(
                input.getClass(),
                component -> arguments.containsKey(component.getName())
                        ? arguments.get(component.getName())
                        : value(input, component));
    }

    static boolean has(Class<? extends Record> type, String argument) {
        return Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> component.getName().equals(argument));
    }

    /** The value of a component; empty when there is none of this name, or no value. */
    static Optional<Object> value(Record record, String name) {
        return Arrays.stream(record.getClass().getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .map(component -> value(record, component));
    }

    static @Nullable Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The arguments that may be left out. */
    static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** The words that an argument takes; none where it takes any. */
    static List<String> words(Class<? extends Record> type, String argument) {
        try {
            return List.of(type.getDeclaredField(argument)
                    .getAnnotation(Describe.class)
                    .oneOf());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names of the arguments that are references. */
    static List<String> references(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType() == Reference.class)
                .map(RecordComponent::getName)
                .toList();
    }

    /**
     * The same input with a reference of this EHR and id in one argument, of a type that the argument takes.
     *
     * @throws InvalidArgument when it takes none, whatever the type
     */
    static Record pointing(Record input, String argument, String ehr, String id) {
        var refused = new InvalidArgument(argument, "takes no reference");
        for (var type : TYPES) {
            try {
                return with(input, argument, new Reference(ehr, type, id));
            } catch (InvalidArgument e) {
                refused = e;
            }
        }
        throw refused;
    }

    private static Record made(Class<? extends Record> type, Function<RecordComponent, @Nullable Object> value) {
        var components = type.getRecordComponents();
        try {
            var arguments = new @Nullable Object[components.length];
            for (int at = 0; at < components.length; at++) {
                arguments[at] = value.apply(components[at]);
            }
            return type.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof InvalidArgument refused ? refused : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
