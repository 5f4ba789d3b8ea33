package org.ehrhub.fhir.resources;

import java.util.Objects;
import java.util.Optional;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.writing.Dropped;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirWrite;

/** A JSON Patch, under the version that the caller saw (FHIR R4, 3.1.0.6). */
final class Patching implements WriteHandler<FhirWrite, FhirResource> {
    private final FhirServer server;
    private final RecordDesk desk;

    Patching(FhirServer server, RecordDesk desk) {
        this.server = server;
        this.desk = desk;
    }

    @Override
    public ToolResult<FhirResource> handle(FhirWrite input, CallContext call) {
        var record = desk.named(input);
        var patch = new PatchDocument(record.type(), new OwnReferences(server, "patch"));
        Objects.requireNonNull(input.patch()).forEach(patch::add);
        var current = desk.readToChange(input, call);
        patch.addKey(current, call.writeKey());
        server.patch(record.type(), record.id(), input.version(), patch.text(), call);
        var held = desk.readBack(record.type(), record.id(), call);
        return desk.written(held, Dropped.ofChanged(current, patch.changed(), held));
    }

    @Override
    public Optional<FhirResource> reconcile(FhirWrite input, String key, CallContext call) {
        var current = desk.read(desk.named(input), call);
        if (WriteKeys.isIn(current, key)) {
            return Optional.of(desk.row(current));
        }
        if (KeyPlace.in(current) != KeyPlace.MANY
                && !Objects.equals(current.getMeta().getVersionId(), input.version())) {
            throw FhirServer.unclear();
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> currentVersion(FhirWrite input, CallContext call) {
        return desk.version(input, call);
    }
}
