package org.ehrhub.fhir.resources;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirWrite;

/** {@code fhir.write}: one create, update, patch or delete of a caller's own making (FHIR R4, 3.1.0). */
public final class Writing implements WriteHandler<FhirWrite, FhirResource> {
    private final Map<String, WriteHandler<FhirWrite, FhirResource>> ways;

    /** Writes on a server. */
    public Writing(FhirServer server) {
        var desk = new RecordDesk(server);
        this.ways = Map.of(
                "create", new Creating(server, desk),
                "update", new Replacing(server, desk),
                "patch", new Patching(server, desk),
                "delete", new Deleting(server, desk));
    }

    @Override
    public ToolResult<FhirResource> handle(FhirWrite input, CallContext call) {
        return way(input).handle(input, call);
    }

    @Override
    public Optional<FhirResource> reconcile(FhirWrite input, String key, CallContext call) {
        return way(input).reconcile(input, key, call);
    }

    @Override
    public Optional<String> currentVersion(FhirWrite input, CallContext call) {
        return way(input).currentVersion(input, call);
    }

    private WriteHandler<FhirWrite, FhirResource> way(FhirWrite input) {
        return Objects.requireNonNull(ways.get(input.operation()), "The schema lets no other operation through");
    }
}
