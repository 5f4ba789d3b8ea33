package org.ehrhub.testkit;

import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Valid inputs, new for each call, made of the people that are known and of what the adapter's own lists show: reads are of
 * the patient with a rich chart, writes on the other.
 */
final class Samples {
    private static final int APART = 3;

    private final ContractEhr ehr;
    private final ContractCalls calls;
    private final Map<String, Supplier<Record>> made = new HashMap<>();
    private final Map<String, List<Record>> seen = new HashMap<>();
    private final Queue<SlotRef> free = new ArrayDeque<>();

    Samples(ContractEhr ehr, ContractCalls calls) {
        this.ehr = ehr;
        this.calls = calls;
        new ReadSamples(this).addTo(made);
        new WriteSamples(this).addTo(made);
    }

    ContractEhr ehr() {
        return ehr;
    }

    /** An input that the tool should honour. */
    Record of(CanonicalTool<?, ?> tool) {
        return ehr.sample(tool)
                .orElseGet(() ->
                        made.getOrDefault(tool.name(), () -> ofChart(tool)).get());
    }

    /** An input of a list that narrows it by nothing. */
    Record whole(CanonicalTool<?, ?> tool) {
        var input = of(tool);
        return Inputs.has(tool.input(), "status")
                        && Inputs.words(tool.input(), "status").contains("any")
                ? Inputs.with(input, "status", "any")
                : input;
    }

    boolean has(CanonicalTool<?, ?> tool) {
        return ehr.adapter().handlers().find(tool.name()).isPresent();
    }

    /** A row of a list about the patient with the rich chart; none where the adapter does not list it. */
    <O extends Record> @Nullable O row(CanonicalTool.Listing<?, O> tool) {
        if (!has(tool)) {
            return null;
        }
        var rows = seen.computeIfAbsent(tool.name(), _ -> calls.all(tool, whole(tool)));
        return rows.isEmpty() ? null : tool.output().cast(rows.getFirst());
    }

    /** What a write made; none where the adapter does not do it or the EHR has yet to answer. */
    <O extends Record> @Nullable O written(CanonicalTool.Write<?, O> tool) {
        return has(tool) ? written(tool, of(tool)) : null;
    }

    <O extends Record> @Nullable O written(CanonicalTool.Write<?, O> tool, Record input) {
        return has(tool) && calls.write(tool, input, ContractCalls.newKey()) instanceof ToolResult.Ok<?> ok
                ? tool.output().cast(ok.value())
                : null;
    }

    /** A free time, another one each time, and not next to the last: a booking may block what follows it. */
    synchronized SlotRef slot() {
        if (free.isEmpty()) {
            var times = calls.all(AppointmentTools.SLOT_SEARCH, ehr.freeTimes());
            for (int at = 0; at < times.size(); at += APART) {
                free.add(((Slot) times.get(at)).slotRef());
            }
        }
        return need(free.poll(), "a free time");
    }

    /** The value, which must be there. */
    static <T> T need(@Nullable T value, String what) {
        if (value == null) {
            throw new AssertionError("The contract needs " + what + ", or an input from ContractEhr.sample");
        }
        return value;
    }

    /** An input that needs no more than a patient. */
    private Record ofChart(CanonicalTool<?, ?> tool) {
        var known = Map.of("patient", ehr.chart(), "ehr", ehr.name());
        var lacking = Stream.of(tool.input().getRecordComponents())
                .filter(component -> !Inputs.isOptional(component) && !known.containsKey(component.getName()))
                .map(RecordComponent::getName)
                .toList();
        if (!lacking.isEmpty()) {
            throw new AssertionError("The contract cannot make up " + lacking + " of " + tool.name()
                    + ": let ContractEhr.sample give an input");
        }
        return Inputs.of(tool.input(), known);
    }
}
