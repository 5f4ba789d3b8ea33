package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ehrhub.sandbox.fhir.Write.Outcome;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** What clients do with the resources of one type (FHIR R4, 3.1.0), as HAPI's server finds it by its annotations. */
public final class Interactions implements IResourceProvider {
    private final FhirContext fhir;
    private final String type;
    private final Shelf shelf;
    private final ResourceWriter writer;

    Interactions(FhirContext fhir, String type, Shelf shelf, ResourceWriter writer) {
        this.fhir = fhir;
        this.type = type;
        this.shelf = shelf;
        this.writer = writer;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return fhir.getResourceDefinition(type).getImplementingClass();
    }

    /** The resource with this id; 404 or 410 when there is none. */
    @Read
    public Resource read(@IdParam IdType id) {
        return shelf.read(id.getIdPart());
    }

    /** A page of what matches; the self link shows the parameters that took part. */
    @Search(allowUnknownParams = true)
    public IBundleProvider search(RequestDetails request) {
        Map<String, String[]> heeded = writer.searcher().heeded(type, request.getParameters());
        request.setParameters(heeded);
        return writer.searcher().page(type, heeded);
    }

    /** Makes a resource unless the search finds one. */
    @Create
    public MethodOutcome create(@ResourceParam Resource resource, @ConditionalUrlParam @Nullable String unless) {
        Outcome outcome = write(new Write.Create(resource, unless, null));
        return answer(outcome).setCreated(outcome.status() == 201);
    }

    /** Puts the next version of a resource; the id carries the version that If-Match names. */
    @Update
    public MethodOutcome update(@IdParam IdType id, @ResourceParam Resource resource) {
        return answer(write(new Write.Update(id.getIdPart(), resource, id.getVersionIdPart(), null)));
    }

    /** Takes a resource away. */
    @Delete
    public void delete(@IdParam IdType id, RequestDetails request) {
        write(new Write.Delete(type, id.getIdPart(), Write.version(request.getHeader(Constants.HEADER_IF_MATCH))));
    }

    private Outcome write(Write write) {
        return writer.write(List.of(write)).getFirst();
    }

    private static MethodOutcome answer(Outcome outcome) {
        Resource stored = Objects.requireNonNull(outcome.resource());
        return new MethodOutcome(Write.address(stored)).setResource(stored);
    }
}
