package org.ehrhub.sandbox.payer;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.Objects;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** What a client submits: the resource itself, or the parameter {@code resource}; with a Bundle what its first entry says. */
final class Submitted {
    private Submitted() {}

    static @Nullable Resource in(Resource body) {
        return body instanceof Parameters parameters
                ? parameters.getParameter().stream()
                        .filter(parameter -> parameter.getName().equals("resource"))
                        .findFirst()
                        .map(Parameters.ParametersParameterComponent::getResource)
                        .orElse(null)
                : body;
    }

    /**
     * The Claim that is the body or the first entry of its Bundle, its references to other entries made references to the
     * site's records; 400 where there is none, 422 where an entry is not known here.
     */
    static Claim claim(Resource submitted, Records records) {
        Resource first =
                submitted instanceof Bundle bundle ? bundle.getEntryFirstRep().getResource() : submitted;
        if (!(first instanceof Claim given) || !given.hasUse() || !given.hasInsurance() || !given.hasPatient()) {
            throw new InvalidRequestException(
                    "A Claim with use, patient and insurance must be the body or the first entry of its Bundle");
        }
        Claim claim = given.copy();
        if (submitted instanceof Bundle bundle) {
            FhirContext.forR4Cached().newTerser().getAllResourceReferences(claim).stream()
                    .map(info -> (Reference) info.getResourceReference())
                    .filter(reference ->
                            Objects.toString(reference.getReference(), "").startsWith("urn:"))
                    .forEach(reference -> reference.setReference(known(bundle, reference.getReference(), records)));
        }
        return claim;
    }

    private static String known(Bundle bundle, String fullUrl, Records records) {
        return bundle.getEntry().stream()
                .filter(entry -> fullUrl.equals(entry.getFullUrl()) && entry.hasResource())
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(entry -> entry.hasId()
                        && records.find(entry.fhirType(), entry.getIdPart()).isPresent())
                .map(entry -> entry.fhirType() + "/" + entry.getIdPart())
                .findFirst()
                .orElseThrow(() -> new UnprocessableEntityException("A reference names no entry that is known here"));
    }
}
