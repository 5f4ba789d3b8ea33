package org.ehrhub.adapters;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/**
 * The tools that one EHR supports, each with the code that does it: the only list of capabilities there is. A handler of a
 * wrong type, or a write that cannot be reconciled, does not compile.
 */
public final class ToolHandlers {
    private final Map<String, Registration> byName;
    private final Map<String, String> withheld;

    private ToolHandlers(Map<String, Registration> byName, Map<String, String> withheld) {
        this.byName = byName;
        this.withheld = withheld;
    }

    /**
     * One supported tool.
     *
     * @param tool the contract
     * @param handler what does it; a {@link WriteHandler} exactly when the tool is a write
     * @param features finer points of support
     */
    public record Registration(CanonicalTool<?, ?> tool, ToolHandler<?, ?> handler, Set<Feature> features) {
        /** Takes a copy of the features. */
        public Registration {
            features = Set.copyOf(features);
        }
    }

    /** Starts a registration. */
    public static Builder builder() {
        return new Builder();
    }

    /** The registration of a tool, when it is supported. */
    public Optional<Registration> find(String toolName) {
        return Optional.ofNullable(byName.get(toolName));
    }

    /** The names of the supported tools. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** The tools this kind of EHR has and this EHR just now has not, each with the reason in the hub's words. */
    public Map<String, String> withheld() {
        return withheld;
    }

    /**
     * Has the EHR do one tool: the one way from a tool's name to what does it. A tool without a handler is refused as
     * unsupported; an {@link EhrFailure} is answered as its result; anything else a handler throws is thrown on.
     *
     * @throws IllegalArgumentException when the input is not the tool's
     */
    @SuppressWarnings("unchecked") // a handler is registered only with the tool whose input it takes
    public ToolResult<?> call(CanonicalTool<?, ?> tool, Record input, CallContext context) {
        var registration = byName.get(tool.name());
        if (registration == null) {
            return unsupported(tool);
        }
        if (!tool.input().isInstance(input)) {
            throw new IllegalArgumentException("Not the input of " + tool.name());
        }
        try {
            return ((ToolHandler<Record, Record>) registration.handler()).handle(input, context);
        } catch (EhrFailure e) {
            return e.result();
        }
    }

    /**
     * The same without tools that the EHR was found not to support.
     *
     * @param reasons why, by the tool's name
     */
    public ToolHandlers without(Map<String, String> reasons) {
        var left = new LinkedHashMap<>(byName);
        left.keySet().removeAll(reasons.keySet());
        var all = new TreeMap<>(withheld);
        reasons.forEach((tool, why) -> {
            if (byName.containsKey(tool)) {
                all.put(tool, why);
            }
        });
        return new ToolHandlers(Map.copyOf(left), Collections.unmodifiableMap(all));
    }

    /** The same without features that the EHR was found to lack. */
    public ToolHandlers lacking(Set<Feature> missing) {
        var left = new LinkedHashMap<String, Registration>();
        byName.forEach((name, one) -> left.put(
                name,
                new Registration(
                        one.tool(),
                        one.handler(),
                        one.features().stream()
                                .filter(feature -> !missing.contains(feature))
                                .collect(Collectors.toSet()))));
        return new ToolHandlers(Map.copyOf(left), withheld);
    }

    private ToolResult<?> unsupported(CanonicalTool<?, ?> tool) {
        var why = withheld.get(tool.name());
        return ToolResult.failed(
                ErrorCode.UNSUPPORTED,
                "The EHR does not support " + tool.name() + (why == null ? "." : ": " + why),
                "ehr.list shows which EHR supports which tool.");
    }

    /** Collects the handlers of one adapter. */
    public static final class Builder {
        private final Map<String, Registration> byName = new LinkedHashMap<>();

        private Builder() {}

        /** Supports a tool that reads one thing. */
        public <I extends Record, O extends Record> Builder on(
                CanonicalTool.Read<I, O> tool, ToolHandler<? super I, O> handler, Feature... features) {
            return add(tool, handler, features);
        }

        /** Supports a list; the handler gives one page of it. */
        public <I extends Record & ListInput, O extends Record> Builder onList(
                CanonicalTool.Listing<I, O> tool, ToolHandler<? super I, Page<O>> handler, Feature... features) {
            return add(tool, handler, features);
        }

        /** Supports a write. */
        public <I extends Record & WriteInput, O extends Record> Builder onWrite(
                CanonicalTool.Write<I, O> tool, WriteHandler<? super I, O> handler, Feature... features) {
            return add(tool, handler, features);
        }

        /** The registration. */
        public ToolHandlers build() {
            return new ToolHandlers(Map.copyOf(byName), Map.of());
        }

        private Builder add(CanonicalTool<?, ?> tool, @Nullable ToolHandler<?, ?> handler, Feature... features) {
            if (handler == null || byName.put(tool.name(), new Registration(tool, handler, Set.of(features))) != null) {
                throw new IllegalArgumentException(tool.name() + " needs exactly one handler");
            }
            return this;
        }
    }
}
