package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.rest.param.ParameterUtil;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One change a client asks for, alone or as an entry of a transaction. */
sealed interface Write {
    /**
     * A new resource.
     *
     * @param unless  a search; when it finds one resource, that is the answer and nothing is made
     * @param fullUrl what other entries call it
     */
    record Create(
            Resource resource,
            @Nullable String unless,
            @Nullable String fullUrl) implements Write {}

    /**
     * The next version of a resource.
     *
     * @param ifMatch the version it must have now
     */
    record Update(
            String id,
            Resource resource,
            @Nullable String ifMatch,
            @Nullable String fullUrl) implements Write {}

    /**
     * The next version of a resource, made of the version it has when the write is done.
     *
     * @param ifMatch the version it must have now
     */
    record Patch(
            String type,
            String id,
            PatchDocument document,
            @Nullable String ifMatch) implements Write {}

    /** The end of a resource. */
    record Delete(String type, String id, @Nullable String ifMatch) implements Write {}

    /**
     * What became of it.
     *
     * @param resource what is stored now, null after a deletion
     */
    record Outcome(int status, @Nullable Resource resource) {}

    /** The version an If-Match names, null where there is none. */
    static @Nullable String version(@Nullable String ifMatch) {
        return ifMatch == null ? null : ParameterUtil.parseETagValue(ifMatch);
    }

    /** Type, id and version of what is stored. */
    static IdType address(Resource stored) {
        return new IdType(
                stored.fhirType(), stored.getIdPart(), stored.getMeta().getVersionId());
    }
}
