package org.ehrhub.fhir.resources;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirWrite;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** What all ways of writing one record share: the record as it stands, and as it stands afterwards. */
final class RecordDesk {
    private final FhirServer server;
    private final QueryTypes types = QueryTypes.written();
    private final PatientOf patients;

    RecordDesk(FhirServer server) {
        this.server = server;
        this.patients = new PatientOf(server);
    }

    /** A type that may be written. */
    String type(@Nullable String type, String argument) {
        return types.checked(Objects.requireNonNull(type), argument);
    }

    /** The record a write names, of a type that may be written, with an id of this EHR. */
    Reference named(FhirWrite input) {
        var record = Objects.requireNonNull(input.record(), "The contract has it for update, patch and delete");
        FhirId.of(record, "record", server.ehr());
        type(record.type(), "record");
        return record;
    }

    /** A record as it stands. */
    Resource read(Reference record, CallContext call) {
        return server.readAny(record.type(), record.id(), call);
    }

    /**
     * A record that is to be changed.
     *
     * @throws EhrFailure {@code CONFLICT} when it has not the version that the caller saw
     */
    Resource readToChange(FhirWrite input, CallContext call) {
        var current = read(named(input), call);
        if (!server.versionOf(current).equals(input.version())) {
            throw new EhrFailure(
                    ErrorCode.CONFLICT,
                    "The record has another version than the one that was to be changed; nothing was written.",
                    "Read it again and decide anew.");
        }
        return current;
    }

    /**
     * Keeps a change from moving a record to another patient.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it would
     */
    void mustStayWith(Resource current, Resource changed) {
        if (!patients.all(current).equals(patients.all(changed))) {
            throw Refused.of(
                    "resource",
                    "belongs to another patient than the record that it is to replace.",
                    "Leave the patient as it is; create a new record for another patient.");
        }
    }

    /** A record's row, or what is known of one that is gone. */
    FhirResource row(Resource resource) {
        return new ResourceRows(server).row(resource);
    }

    /**
     * What was written, read from the server anew.
     *
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when it cannot be read
     */
    Resource readBack(String type, String id, CallContext call) {
        try {
            return server.readAny(type, id, call);
        } catch (EhrFailure e) {
            throw new EhrFailure(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "The EHR took the write but did not show what it holds now.",
                    "Look whether it was done before you try again.");
        }
    }

    /** The answer to a write that was read back. */
    ToolResult<FhirResource> written(Resource resource, List<String> more) {
        var from = server.provenance(resource);
        var rows = new ResourceRows(server);
        var row = rows.row(resource);
        var warnings = new ArrayList<>(more);
        warnings.addAll(rows.warnings());
        return new ToolResult.Ok<>(row, from, warnings);
    }

    /** The version of a record that a write names. */
    Optional<String> version(FhirWrite input, CallContext call) {
        return Optional.ofNullable(server.provenance(read(named(input), call)).version());
    }
}
