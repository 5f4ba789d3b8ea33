package org.ehrhub.server.observed;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ehrhub.routes.CallWatch;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.TraceContext;

/**
 * Sends a span of each call to an OpenTelemetry collector: tool, EHRs, outcome and time, nothing else. What is sent where is
 * said by OpenTelemetry's own environment variables; without them none of its code is loaded.
 */
public final class HubTraces implements CallWatch, AutoCloseable {
    private static final Set<String> FAULTS =
            Set.of(ErrorCode.INTERNAL.name(), ErrorCode.OUTCOME_UNKNOWN.name(), ErrorCode.EHR_UNAVAILABLE.name());
    private static final Map<String, String> USUAL = Map.of(
            "otel.service.name", "ehr-hub",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");

    private final KnownIds ids = new KnownIds();
    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final InstantSource clock;

    private HubTraces(Map<String, String> environment, InstantSource clock) {
        this.clock = clock;
        this.sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> properties(environment))
                .addTracerProviderCustomizer((provider, settings) -> provider.setIdGenerator(ids))
                .build()
                .getOpenTelemetrySdk();
        this.tracer = sdk.getTracer("ehr-hub");
    }

    /** Traces, where the environment names somebody to send them to. */
    public static Optional<HubTraces> of(Map<String, String> environment, InstantSource clock) {
        var wanted = Stream.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER")
                .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
        var off = environment.getOrDefault("OTEL_TRACES_EXPORTER", "").equals("none")
                || environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true");
        return wanted && !off ? Optional.of(new HubTraces(environment, clock)) : Optional.empty();
    }

    private static Map<String, String> properties(Map<String, String> environment) {
        var properties = new HashMap<>(USUAL);
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_")) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return properties;
    }

    /** The ids went to the EHR before the call ended, so the span takes them instead of new ones. */
    private static final class KnownIds implements IdGenerator {
        private final ThreadLocal<TraceContext> known = ThreadLocal.withInitial(TraceContext::begun);

        @Override
        public String generateSpanId() {
            return known.get().spanId();
        }

        @Override
        public String generateTraceId() {
            return known.get().traceId();
        }
    }

    @Override
    public void ended(Ended call) {
        var end = clock.instant();
        ids.known.set(call.trace());
        try {
            var outcomes = new TreeMap<>(call.outcomes());
            var span = tracer.spanBuilder("tools/call " + call.tool())
                    .setSpanKind(SpanKind.SERVER)
                    .setParent(parent(call.trace()))
                    .setStartTimestamp(end.minus(call.took()))
                    .setAttribute("ehrhub.tool", call.tool())
                    .setAttribute("ehrhub.ehr", String.join(" ", outcomes.keySet()))
                    .setAttribute("ehrhub.outcome", String.join(" ", outcomes.values()))
                    .startSpan();
            if (outcomes.values().stream().anyMatch(FAULTS::contains)) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end(end);
        } finally {
            ids.known.remove();
        }
    }

    private static Context parent(TraceContext trace) {
        return trace.parentSpan().isEmpty()
                ? Context.root()
                : Context.root()
                        .with(Span.wrap(SpanContext.createFromRemoteParent(
                                trace.traceId(),
                                trace.parentSpan(),
                                trace.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                                TraceState.getDefault())));
    }

    /** Sends what waits, and stops. */
    @Override
    public void close() {
        sdk.close();
    }
}
