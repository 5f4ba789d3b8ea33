package org.ehrhub.fhir.resources;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.adapters.ChartAccess.Owned;
import org.ehrhub.adapters.ChartAccess.Written;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;

/** Whose the records are that a write is about: of those that it names, as they stand; of those that it holds, as they will. */
public final class RecordOwners {
    private final FhirServer server;
    private final PatientOf patients;
    private final TransactionEntries entries;
    private final CallerResources resources;

    /** Owners of a server's records. */
    public RecordOwners(FhirServer server) {
        this.server = server;
        this.patients = new PatientOf(server);
        this.entries = new TransactionEntries(server);
        this.resources = new CallerResources(server, "resource");
    }

    /**
     * The records with their patients; a record of a type that is of no patient is left out.
     *
     * @throws EhrFailure {@code NOT_FOUND} when one is not there, {@code DENIED} when it cannot be told whose one is
     */
    public List<Owned> of(Written written, CallContext call) {
        return Stream.concat(
                        written.records().stream().flatMap(record -> named(record, call)),
                        written.fhir().stream().flatMap(json -> held(json, call)))
                .toList();
    }

    private Stream<Owned> named(Reference record, CallContext call) {
        if (record.type().equals("Patient")) {
            return Stream.of(new Owned(record, Set.of(record)));
        }
        if (!QueryTypes.isOfFhir(record.type())
                || PatientOf.elements(record.type()).isEmpty()) {
            return Stream.empty();
        }
        var resource = server.readAny(record.type(), FhirId.of(record, "record", server.ehr()), call);
        var owners = patients.all(resource);
        if (owners.isEmpty() && patients.mayBeOfOthers(resource, Set.of())) {
            throw untold();
        }
        return Stream.of(new Owned(record, owners));
    }

    private Stream<Owned> held(FhirJson json, CallContext call) {
        var resource = CallerJson.resource(json.text(), "resource");
        return resource instanceof Bundle
                ? together(entries.checked(json.text()), call)
                : resource instanceof Parameters parameters
                        ? Stream.of(named(parameters))
                        : Stream.of(written(
                                resources.checked(resource, resource.fhirType(), resource.getIdPart(), Set.of()),
                                Set.of()));
    }

    /** Parameters are about every patient that they name, as references or in words. */
    private Owned named(Parameters parameters) {
        return new Owned(
                null,
                Elements.all(parameters).stream()
                        .map(Base::primitiveValue)
                        .map(text -> FhirId.reference(server.ehr(), server.base(), text))
                        .filter(reference ->
                                reference != null && reference.type().equals("Patient"))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private Stream<Owned> together(Bundle bundle, CallContext call) {
        var addresses = bundle.getEntry().stream()
                .map(BundleEntryComponent::getFullUrl)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return bundle.getEntry().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.ofNullable(entry.getResource())
                                .filter(resource -> !(resource instanceof Binary))
                                .map(resource -> written(resource, addresses)),
                        Stream.ofNullable(FhirId.reference(
                                        server.ehr(), entry.getRequest().getUrl()))
                                .flatMap(record -> named(record, call))));
    }

    private Owned written(Resource resource, Set<String> together) {
        if (patients.mayBeOfOthers(resource, together)) {
            throw untold();
        }
        return new Owned(null, patients.all(resource));
    }

    private static EhrFailure untold() {
        return new EhrFailure(
                ErrorCode.DENIED,
                "Whose record this is cannot be told, and policy closes some charts to you; nothing was sent",
                "Name a record that says whose it is by a reference to its patient.");
    }
}
