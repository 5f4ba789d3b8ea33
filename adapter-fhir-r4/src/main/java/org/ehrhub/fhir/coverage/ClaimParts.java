package org.ehrhub.fhir.coverage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** A claim with the records it points at, in one Bundle, as PAS sends it: what the payer needs of them and no more. */
final class ClaimParts {
    private final FhirServer server;
    private final CoverageDesk desk;

    ClaimParts(FhirServer server, CoverageDesk desk) {
        this.server = server;
        this.desk = desk;
    }

    /**
     * The Bundle, the claim first.
     *
     * @param known records that have been read already
     */
    Bundle bundle(Claim claim, List<? extends Resource> known, String key, CallContext call) {
        var parts = new LinkedHashMap<String, Resource>();
        known.forEach(resource -> parts.put(place(resource), resource));
        var wanted = new ArrayList<>(List.of(claim.getPatient(), claim.getInsurer(), claim.getProvider()));
        claim.getInsurance().forEach(insurance -> wanted.add(insurance.getCoverage()));
        wanted.forEach(reference -> add(parts, reference, call));
        parts.values().stream()
                .filter(PractitionerRole.class::isInstance)
                .map(PractitionerRole.class::cast)
                .toList()
                .forEach(role -> List.of(role.getPractitioner(), role.getOrganization())
                        .forEach(reference -> add(parts, reference, call)));
        claim.setId(UUID.randomUUID().toString());
        var bundle = new Bundle().setType(BundleType.COLLECTION).setIdentifier(WriteKeys.identifier(key));
        bundle.setTimestampElement(new InstantType(desk.now().getValueAsString()));
        entry(bundle, claim);
        parts.values().forEach(part -> entry(bundle, minimal(part.copy())));
        return bundle;
    }

    private void add(Map<String, Resource> parts, Reference reference, CallContext call) {
        var ref = server.reference(reference);
        if (ref != null && !parts.containsKey(ref.type() + "/" + ref.id())) {
            parts.put(ref.type() + "/" + ref.id(), server.readAny(ref.type(), ref.id(), call));
        }
    }

    private void entry(Bundle bundle, Resource resource) {
        bundle.addEntry().setFullUrl(server.base() + "/" + place(resource)).setResource(resource);
    }

    private static String place(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdPart();
    }

    private static Resource minimal(Resource part) {
        part.setMeta(new Meta());
        if (part instanceof DomainResource domain) {
            domain.setText(null);
        }
        switch (part) {
            case Patient patient -> {
                patient.setPhoto(null).setContact(null).setCommunication(null).setGeneralPractitioner(null);
                patient.setLink(null).setManagingOrganization(null);
            }
            case Practitioner practitioner ->
                practitioner
                        .setPhoto(null)
                        .setAddress(null)
                        .setCommunication(null)
                        .setBirthDateElement(null);
            default -> {}
        }
        return part;
    }
}
