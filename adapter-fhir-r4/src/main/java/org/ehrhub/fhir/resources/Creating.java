package org.ehrhub.fhir.resources;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.writing.Dropped;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirWrite;
import org.hl7.fhir.r4.model.Resource;

/** A create, which always has a condition: the caller's, or that nothing is there under the hub's key (FHIR R4, 3.1.0.8.1). */
final class Creating implements WriteHandler<FhirWrite, FhirResource> {
    private static final String WAS_THERE = "Nothing was created: there is a record with the identifier in `unless`.";

    private final FhirServer server;
    private final RecordDesk desk;
    private final WriteKeys keys;
    private final ResultPages pages;
    private final CallerResources resources;

    Creating(FhirServer server, RecordDesk desk) {
        this.server = server;
        this.desk = desk;
        this.keys = new WriteKeys(server);
        this.pages = new ResultPages(server);
        this.resources = new CallerResources(server, "resource");
    }

    @Override
    public ToolResult<FhirResource> handle(FhirWrite input, CallContext call) {
        var type = desk.type(input.type(), "type");
        var unless = unless(input);
        var written =
                CallerJson.resource(Objects.requireNonNull(input.resource()).text(), "resource");
        var draft = resources.checked(written, type, null, Set.of());
        if (!KeyPlace.put(draft, call.writeKey())) {
            throw Refused.of(
                    "resource",
                    "has the one identifier that its type can have, which the hub needs for its own key.",
                    "Leave the identifier out.");
        }
        var condition = unless.map(one -> one.search(type)).orElseGet(() -> WriteKeys.search(type, call.writeKey()));
        var created = desk.readBack(type, server.create(draft, condition, call), call);
        if (WriteKeys.isIn(created, call.writeKey())) {
            return desk.written(created, Dropped.ofNew(draft, created));
        }
        if (unless.filter(one -> one.holdsFor(created)).isEmpty()) {
            throw FhirServer.unclear();
        }
        return desk.written(created, List.of(WAS_THERE));
    }

    @Override
    public Optional<FhirResource> reconcile(FhirWrite input, String key, CallContext call) {
        var type = SearchParams.type(desk.type(input.type(), "type"));
        return found(type, input, key, call).map(desk::row);
    }

    /** Nothing that exists would change. */
    @Override
    public Optional<String> currentVersion(FhirWrite input, CallContext call) {
        return Optional.empty();
    }

    private <R extends Resource> Optional<R> found(Class<R> type, FhirWrite input, String key, CallContext call) {
        return keys.find(type, key, call)
                .or(() -> unless(input)
                        .flatMap(one -> pages.all(type, one.search(desk.type(input.type(), "type")), call).stream()
                                .filter(one::holdsFor)
                                .findFirst()));
    }

    private static Optional<Unless> unless(FhirWrite input) {
        return Optional.ofNullable(input.unless()).map(written -> Unless.parse(written, "unless"));
    }
}
