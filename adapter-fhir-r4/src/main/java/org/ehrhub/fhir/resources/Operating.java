package org.ehrhub.fhir.resources;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirOperation;
import org.ehrhub.tools.fhir.FhirOperationOutcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * {@code fhir.operation}: an operation of the settings that is not known to be a read (FHIR R4, 3.2). Nothing of it holds the
 * hub's key, so one of unknown outcome stays so.
 */
public final class Operating implements WriteHandler<FhirOperation, FhirOperationOutcome> {
    private static final Set<IssueSeverity> BAD = Set.of(IssueSeverity.FATAL, IssueSeverity.ERROR);

    private final FhirServer server;
    private final AllowedOperations allowed;
    private final CallerResources resources;

    Operating(FhirServer server, AllowedOperations allowed) {
        this.server = server;
        this.allowed = allowed;
        this.resources = new CallerResources(server, "body");
    }

    @Override
    public ToolResult<FhirOperationOutcome> handle(FhirOperation input, CallContext call) {
        var path = path(input);
        var body = input.body() == null ? null : body(input.body());
        var answer = server.operation(path, body, true, Resource.class, call);
        if (answer instanceof OperationOutcome said
                && said.getIssue().stream().anyMatch(issue -> BAD.contains(issue.getSeverity()))) {
            throw FhirServer.unclear();
        }
        return new ToolResult.Ok<>(new FhirOperationOutcome(records(answer), values(answer)), server.provenance(null));
    }

    /** An operation leaves nothing that says by which call it was run. */
    @Override
    public Optional<FhirOperationOutcome> reconcile(FhirOperation input, String key, CallContext call) {
        throw new EhrFailure(
                ErrorCode.OUTCOME_UNKNOWN,
                "Whether the operation was done cannot be told: it leaves nothing that could hold the hub's key.",
                "Read what it was to change.");
    }

    /** That of the record it is run on. */
    @Override
    public Optional<String> currentVersion(FhirOperation input, CallContext call) {
        path(input);
        return Optional.ofNullable(input.record())
                .map(record -> server.readAny(record.type(), record.id(), call))
                .map(record -> server.provenance(record).version());
    }

    private String path(FhirOperation input) {
        var parts = input.operation().split("/\\$", 2);
        if (parts.length < 2 || allowed.write(parts[0], parts[1]).isEmpty()) {
            throw Refused.of(
                    "operation",
                    "is not one that may be run here.",
                    "Operations that this EHR lets you run: " + allowed.words(false) + "; to read with fhir.query: "
                            + allowed.words(true) + ".");
        }
        var record = input.record();
        return record == null
                ? input.operation()
                : parts[0] + "/" + FhirId.of(record, "record", server.ehr()) + "/$" + parts[1];
    }

    private Resource body(FhirJson json) {
        var resource = CallerJson.resource(json.text(), "body");
        if (!(resource instanceof Parameters) && !QueryTypes.mayBeNamed(resource.fhirType())) {
            throw Refused.of("body", "is not Parameters or a record that may be written.", "Write it as one of those.");
        }
        return resources.checked(resource, resource.fhirType(), resource.getIdPart(), Set.of());
    }

    private List<Reference> records(Resource answer) {
        var all = switch (answer) {
            case Bundle bundle -> bundle.getEntry().stream().map(BundleEntryComponent::getResource);
            case Parameters parameters -> ParameterValues.records(parameters).stream();
            default -> Stream.of(answer);
        };
        return all.filter(Objects::nonNull)
                .map(each -> FhirId.reference(server.ehr(), each))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private @Nullable FhirJson values(Resource answer) {
        return answer instanceof Parameters && !ParameterValues.holdsRecords(answer)
                ? new ResourceRows(server).row(answer).resource()
                : null;
    }
}
