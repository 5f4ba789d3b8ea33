package org.ehrhub.fhir;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final ToolHandlers.Builder builder = ToolHandlers.builder();
    private final Map<String, Needs> needs = new LinkedHashMap<>();
    private final @Nullable ProvenanceDesk provenance;

    /** No tools yet, whose writes will leave Provenance here; none where there is no desk for it. */
    FhirTools(@Nullable ProvenanceDesk provenance) {
        this.provenance = provenance;
    }

    /** Supports a tool that reads one thing. */
    public <I extends Record, O extends Record> FhirTools on(
            CanonicalTool.Read<I, O> tool, ToolHandler<? super I, O> handler, Needs needed, Feature... features) {
        builder.on(tool, handler, features);
        needs.put(tool.name(), needed);
        return this;
    }

    /** Supports a list. */
    public <I extends Record & ListInput, O extends Record> FhirTools onList(
            CanonicalTool.Listing<I, O> tool,
            ToolHandler<? super I, Page<O>> handler,
            Needs needed,
            Feature... features) {
        builder.onList(tool, handler, features);
        needs.put(tool.name(), needed);
        return this;
    }

    /** Supports a write. */
    public <I extends Record & WriteInput, O extends Record> FhirTools onWrite(
            CanonicalTool.Write<I, O> tool, WriteHandler<? super I, O> handler, Needs needed, Feature... features) {
        builder.onWrite(tool, provenance == null ? handler : new Attributed<I, O>(handler, provenance), features);
        needs.put(tool.name(), needed);
        return this;
    }

    /** All of them, as registered. */
    ToolHandlers all() {
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
