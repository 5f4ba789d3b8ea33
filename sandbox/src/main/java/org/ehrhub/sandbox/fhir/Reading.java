package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** What clients read and search of one type (FHIR R4, 3.1.0), as HAPI's server finds it by its annotations. */
public final class Reading implements IResourceProvider {
    private final FhirContext fhir;
    private final String type;
    private final Shelf shelf;
    private final Searcher searcher;

    Reading(FhirContext fhir, String type, Shelf shelf, Searcher searcher) {
        this.fhir = fhir;
        this.type = type;
        this.shelf = shelf;
        this.searcher = searcher;
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
        Map<String, String[]> heeded = searcher.heeded(type, request.getParameters());
        request.setParameters(heeded);
        return searcher.page(type, heeded);
    }
}
