package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Patch;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.exceptions.NotImplementedOperationException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.util.List;
import java.util.Objects;
import org.ehrhub.sandbox.fhir.Write.Outcome;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** What clients change of one type (FHIR R4, 3.1.0), as HAPI's server finds it by its annotations. */
public final class Writing implements IResourceProvider {
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final FhirContext fhir;
    private final String type;
    private final Habits habits;
    private final ResourceWriter writer;

    Writing(FhirContext fhir, String type, Habits habits, ResourceWriter writer) {
        this.fhir = fhir;
        this.type = type;
        this.habits = habits;
        this.writer = writer;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return fhir.getResourceDefinition(type).getImplementingClass();
    }

    /** Makes a resource unless the search finds one; 501 where the site only claims to. */
    @Create
    public MethodOutcome create(@ResourceParam Resource resource, @ConditionalUrlParam @Nullable String unless) {
        if (habits.onlyClaimedCreates().contains(type)) {
            throw new NotImplementedOperationException("This server does not create resources of this type");
        }
        Outcome outcome = write(new Write.Create(resource, unless, null));
        return answer(outcome).setCreated(outcome.status() == 201);
    }

    /** Puts the next version of a resource; the id carries the version that If-Match names. */
    @Update
    public MethodOutcome update(@IdParam IdType id, @ResourceParam Resource resource) {
        return answer(write(new Write.Update(id.getIdPart(), resource, id.getVersionIdPart(), null)));
    }

    /** Changes parts of a resource by JSON Patch (RFC 6902). */
    @Patch
    public MethodOutcome patch(
            @IdParam IdType id, PatchTypeEnum form, @ResourceParam String body, RequestDetails request) {
        if (form != PatchTypeEnum.JSON_PATCH) {
            throw new UnclassifiedServerFailureException(
                    UNSUPPORTED_MEDIA_TYPE, "A patch must be application/json-patch+json");
        }
        var answer =
                answer(write(new Write.Patch(type, id.getIdPart(), PatchDocument.of(body), id.getVersionIdPart())));
        // HAPI sets it for the other writes only.
        String version = answer.getId().getVersionIdPart();
        request.getResponse().addHeader(Constants.HEADER_ETAG, RestfulServerUtils.createEtag(version));
        return answer;
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
