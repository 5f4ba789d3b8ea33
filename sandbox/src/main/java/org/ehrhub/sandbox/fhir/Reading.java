package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** What clients read and search of one type (FHIR R4, 3.1.0), as HAPI's server finds it by its annotations. */
public final class Reading implements IResourceProvider {
    private final FhirContext fhir;
    private final Shelf shelf;
    private final Searcher searcher;
    private final List<SearchWatcher> watchers;

    Reading(FhirContext fhir, Shelf shelf, Searcher searcher, List<SearchWatcher> watchers) {
        this.fhir = fhir;
        this.shelf = shelf;
        this.searcher = searcher;
        this.watchers = watchers;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return fhir.getResourceDefinition(shelf.type()).getImplementingClass();
    }

    /** The resource with this id; 404 or 410 when there is none. */
    @Read
    public Resource read(@IdParam IdType id) {
        return shelf.read(id.getIdPart());
    }

    /** A page of what matches; the self link shows the parameters that took part. */
    @Search(allowUnknownParams = true)
    public IBundleProvider search(RequestDetails request) {
        watchers.forEach(watcher -> watcher.searching(request.getParameters()));
        Map<String, String[]> heeded = searcher.heeded(shelf.type(), request.getParameters());
        request.setParameters(heeded);
        return searcher.page(shelf.type(), heeded);
    }
}
