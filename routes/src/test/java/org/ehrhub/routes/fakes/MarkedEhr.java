package org.ehrhub.routes.fakes;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.ehrs.EhrTools;

/** An EHR whose every answer has every field filled, each text with the groups it belongs to: {@code MARK.CONTACT}. */
public final class MarkedEhr {
    private final String ehr;
    private final Reference patient;

    private MarkedEhr(String ehr, Reference patient) {
        this.ehr = ehr;
        this.patient = patient;
    }

    /** An EHR that reads; everything in it is this patient's. */
    public static EhrRegistry.Entry of(Reference patient) {
        var marked = new MarkedEhr(patient.ehr(), patient);
        var builder = ToolHandlers.builder();
        for (var tool : ToolCatalog.canonical().tools()) {
            switch (tool) {
                case CanonicalTool.Read<?, ?> read when !read.isConnector() -> marked.read(builder, read);
                case CanonicalTool.Listing<?, ?> list
                when !list.isConnector() && !list.equals(EhrTools.LIST) -> marked.list(builder, list);
                default -> {}
            }
        }
        return new ScriptedEhr(builder.build()).entry(patient.ehr());
    }

    private <I extends Record, O extends Record> void read(
            ToolHandlers.Builder builder, CanonicalTool.Read<I, O> tool) {
        builder.on(tool, (input, call) -> ok(filled(tool.output(), Set.of())));
    }

    private <I extends Record & ListInput, O extends Record> void list(
            ToolHandlers.Builder builder, CanonicalTool.Listing<I, O> tool) {
        builder.onList(tool, (input, call) -> ok(Page.all(List.of(filled(tool.output(), Set.of())))));
    }

    private <O extends Record> ToolResult<O> ok(O value) {
        return new ToolResult.Ok<>(value, new Provenance(ehr, Instant.EPOCH, null));
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
        return words.oneOf().length > 0 ? words.oneOf()[0] : value(component.getGenericType(), groups);
    }

    private Object value(Type type, Set<FieldGroup> groups) {
        var mark = "MARK"
                + String.join("", groups.stream().map(group -> "." + group).toList());
        if (type instanceof ParameterizedType list) {
            return List.of(value(list.getActualTypeArguments()[0], groups));
        }
        var plain = Map.<Type, Object>of(
                String.class,
                mark,
                Reference.class,
                patient,
                SlotRef.class,
                new SlotRef(ehr, "slot-1"),
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
