package org.ehrhub.fhir.resources;

import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirWrite;

/** A delete, under the version that the caller saw (FHIR R4, 3.1.0.7). */
final class Deleting implements WriteHandler<FhirWrite, FhirResource> {
    private final FhirServer server;
    private final RecordDesk desk;

    Deleting(FhirServer server, RecordDesk desk) {
        this.server = server;
        this.desk = desk;
    }

    @Override
    public ToolResult<FhirResource> handle(FhirWrite input, CallContext call) {
        var record = desk.named(input);
        desk.readToChange(input, call);
        server.delete(record.type(), record.id(), input.version(), call);
        if (!surelyGone(record, call)) {
            throw FhirServer.unclear();
        }
        return new ToolResult.Ok<>(gone(record), server.provenance(null));
    }

    /** Done whoever did it. */
    @Override
    public Optional<FhirResource> reconcile(FhirWrite input, String key, CallContext call) {
        var record = desk.named(input);
        return isGone(record, call) ? Optional.of(gone(record)) : Optional.empty();
    }

    @Override
    public Optional<String> currentVersion(FhirWrite input, CallContext call) {
        return desk.version(input, call);
    }

    private boolean surelyGone(Reference record, CallContext call) {
        try {
            return isGone(record, call);
        } catch (EhrFailure e) {
            return false; // it was taken, and nobody knows more
        }
    }

    private boolean isGone(Reference record, CallContext call) {
        try {
            desk.read(record, call);
            return false;
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }

    private static FhirResource gone(Reference record) {
        return new FhirResource(
                record,
                null,
                new FhirJson("{\"resourceType\":\"" + record.type() + "\",\"id\":\"" + record.id() + "\"}"),
                null);
    }
}
