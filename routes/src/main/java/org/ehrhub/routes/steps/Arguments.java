package org.ehrhub.routes.steps;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.charts.PatientSummary;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientMatch;
import org.jspecify.annotations.Nullable;

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

    private static final ClassValue<List<Method>> RECORDS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> component.getType().isRecord()
                            && component.getType() != Reference.class
                            && component.getType() != SlotRef.class)
                    .map(RecordComponent::getAccessor)
                    .toList();
        }
    };

    /** Where a list goes on, and for when and how much it is asked, names nothing that is looked for. */
    private static final Set<String> PLACES =
            Set.of("ehr", "cursor", "from", "to", "date", "status", "patient", "practitioner", "limit");

    private static final ClassValue<List<Method>> NARROWING = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> component.getType() == String.class && !PLACES.contains(component.getName()))
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

    /** The references that a record holds, and those of the single records in it; its lists are rows of their own. */
    static Stream<Reference> everyReference(Record value) {
        return Stream.concat(
                references(value).stream()
                        .map(Named::text)
                        .filter(text -> !text.isEmpty())
                        .map(Reference::parse),
                RECORDS.get(value.getClass()).stream()
                        .flatMap(accessor ->
                                get(accessor, value) instanceof Record inner ? everyReference(inner) : Stream.empty()));
    }

    /** The FHIR of a caller's own writing that a record holds. */
    static List<FhirJson> fhir(Record value) {
        return RECORDS.get(value.getClass()).stream()
                .map(accessor -> get(accessor, value))
                .filter(FhirJson.class::isInstance)
                .map(FhirJson.class::cast)
                .toList();
    }

    /** The patient that a record is, where it is one. */
    static @Nullable Reference patient(Record value) {
        return switch (value) {
            case Patient patient -> patient.patient();
            case PatientMatch match -> match.patient();
            case PatientSummary chart -> chart.patient().patient();
            default -> null;
        };
    }

    /** Whether arguments ask for a certain thing or person among those that there are. */
    static boolean narrows(Record input) {
        return NARROWING.get(input.getClass()).stream().anyMatch(accessor -> isGiven(accessor, input));
    }

    /** A reference under its component's name; the text is empty where it is opaque. */
    record Named(String argument, String ehr, String text) {}

    private static boolean isGiven(Method accessor, Record value) {
        return get(accessor, value) != null;
    }

    private static @Nullable Object get(Method accessor, Record value) {
        try {
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Records of the contracts are public", e);
        }
    }
}
