package org.ehrhub.fhir.client;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Versions of records (FHIR R4, 2.26.3.2: meta.versionId). */
final class Versions {
    private Versions() {}

    /** The version, which there must be. */
    static String of(Resource resource) {
        @Nullable String version = resource.getMeta().getVersionId();
        if (version == null) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The EHR gives its records no versions, so the hub cannot change one safely.",
                    "Make the change in the EHR itself.");
        }
        return version;
    }

    /** The version that the server holds after an update of which it shows nothing. */
    static String now(FhirServer server, Resource resource, CallContext call) {
        try {
            return of(server.read(resource.getClass(), resource.getIdPart(), call));
        } catch (EhrFailure e) {
            throw FhirFailures.unclear();
        }
    }
}
