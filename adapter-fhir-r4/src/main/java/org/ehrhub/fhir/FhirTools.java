package org.ehrhub.fhir;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.fhir.provenance.Attributed;
import org.ehrhub.fhir.provenance.ProvenanceDesk;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The tools of one FHIR server, each with what it needs of the server; those whose needs are not met are withheld. */
public final class FhirTools {
    private final Map<String, Consumer<ToolHandlers.Builder>> registered = new LinkedHashMap<>();
    private final Map<String, Needs> needs = new LinkedHashMap<>();
    private final @Nullable ProvenanceDesk provenance;

    /** No tools yet, whose writes will leave Provenance here; none where there is no desk for it. */
    FhirTools(@Nullable ProvenanceDesk provenance) {
        this.provenance = provenance;
    }

    /** Supports a tool that reads one thing. */
    public <I extends Record, O extends Record> FhirTools on(
            CanonicalTool.Read<I, O> tool, ToolHandler<? super I, O> handler, Needs needed, Feature... features) {
        return add(tool, needed, builder -> builder.on(tool, handler, features));
    }

    /** Supports a list. */
    public <I extends Record & ListInput, O extends Record> FhirTools onList(
            CanonicalTool.Listing<I, O> tool,
            ToolHandler<? super I, Page<O>> handler,
            Needs needed,
            Feature... features) {
        return add(tool, needed, builder -> builder.onList(tool, handler, features));
    }

    /** Supports a write. */
    public <I extends Record & WriteInput, O extends Record> FhirTools onWrite(
            CanonicalTool.Write<I, O> tool, WriteHandler<? super I, O> handler, Needs needed, Feature... features) {
        WriteHandler<? super I, O> attributed =
                provenance == null ? handler : new Attributed<I, O>(handler, provenance);
        return add(tool, needed, builder -> builder.onWrite(tool, attributed, features));
    }

    private FhirTools add(CanonicalTool<?, ?> tool, Needs needed, Consumer<ToolHandlers.Builder> registration) {
        registered.put(tool.name(), registration);
        needs.put(tool.name(), needed);
        return this;
    }

    /** All of them, as registered last. */
    ToolHandlers all() {
        var builder = ToolHandlers.builder();
        registered.values().forEach(registration -> registration.accept(builder));
        return builder.build();
    }

    /** What they need or use where it is there, all together. */
    Set<Needs.Need> needs() {
        var also = provenance == null ? Needs.nothing() : ProvenanceDesk.needs();
        return Stream.concat(needs.values().stream(), Stream.of(also))
                .flatMap(Needs::every)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Those whose needs are met.
     *
     * @param unmet why a need is not met, in the hub's words; empty where it is, or where that is not known
     */
    ToolHandlers where(Function<Needs.Need, Optional<String>> unmet) {
        var reasons = new LinkedHashMap<String, String>();
        needs.forEach((tool, needed) -> needed.unmet(unmet).ifPresent(why -> reasons.put(tool, why)));
        return all().without(reasons);
    }
}
