package org.ehrhub.fhir.resources;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.writing.Dropped;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirWrite;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;

/** An update, under the version that the caller saw (FHIR R4, 3.1.0.4). */
final class Replacing implements WriteHandler<FhirWrite, FhirResource> {
    private final FhirServer server;
    private final RecordDesk desk;
    private final CallerResources resources;

    Replacing(FhirServer server, RecordDesk desk) {
        this.server = server;
        this.desk = desk;
        this.resources = new CallerResources(server, "resource");
    }

    @Override
    public ToolResult<FhirResource> handle(FhirWrite input, CallContext call) {
        var record = desk.named(input);
        var changed = wanted(input);
        var before = desk.readToChange(input, call);
        desk.mustStayWith(before, changed);
        KeyPlace.put(changed, call.writeKey());
        changed.getMeta().setVersionId(input.version());
        server.update(changed, call);
        var held = desk.readBack(record.type(), record.id(), call);
        return desk.written(held, Dropped.ofChange(before, changed, held));
    }

    /** By the key; a type without room for it, by what the record holds. */
    @Override
    public Optional<FhirResource> reconcile(FhirWrite input, String key, CallContext call) {
        var wanted = wanted(input);
        var current = desk.read(desk.named(input), call);
        boolean done = KeyPlace.in(current) == KeyPlace.MANY
                ? WriteKeys.isIn(current, key)
                : !Objects.equals(current.getMeta().getVersionId(), input.version()) && isSame(current, wanted);
        return done ? Optional.of(desk.row(current)) : Optional.empty();
    }

    @Override
    public Optional<String> currentVersion(FhirWrite input, CallContext call) {
        return desk.version(input, call);
    }

    private Resource wanted(FhirWrite input) {
        var record = desk.named(input);
        var written =
                CallerJson.resource(Objects.requireNonNull(input.resource()).text(), "resource");
        var wanted = resources.checked(written, record.type(), record.id(), Set.of());
        wanted.setId(new IdType(record.type(), record.id(), input.version()));
        return wanted;
    }

    private static boolean isSame(Resource current, Resource wanted) {
        var held = current.copy().setMeta(new Meta());
        var written = wanted.copy().setMeta(new Meta());
        held.setId((String) null);
        written.setId((String) null);
        return held.equalsDeep(written);
    }
}
