package org.ehrhub.sandbox.summaries;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.util.UrlUtil;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code Patient/[id]/$everything} (FHIR R4): the patient, what is in the patient's compartment, and the staff, places and
 * medications these refer to, in pages of fifty unless {@code _count} says less.
 */
public final class Everything {
    private static final int LARGEST_PAGE = 50;
    private static final Set<String> KNOWN = Set.of("_type", "_since", "_count", "_offset", "_format");

    private final Records records;
    private final FhirContext fhir = FhirContext.forR4Cached();

    /** The operation over one site's records. */
    public Everything(Records records) {
        this.records = records;
    }

    /** One page; the next link leads to the next. */
    @Operation(
            name = "$everything",
            typeName = "Patient",
            idempotent = true,
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/Patient-everything")
    public Bundle everything(@IdParam IdType id, RequestDetails request) {
        Map<String, String[]> asked = request.getParameters();
        if (!KNOWN.containsAll(asked.keySet())) {
            throw new InvalidRequestException("$everything takes _type, _since and _count");
        }
        var patient = records.find("Patient", id.getIdPart())
                .orElseThrow(() -> new ResourceNotFoundException("The patient is not known"));
        List<Resource> all = narrowed(of(patient), asked);
        int count = Math.clamp(number(asked, "_count", LARGEST_PAGE), 1, LARGEST_PAGE);
        int from = Math.min(number(asked, "_offset", 0), all.size());
        int until = Math.min(from + count, all.size());
        String base = request.getFhirServerBase();
        var bundle = new Bundle().setType(Bundle.BundleType.SEARCHSET).setTotal(all.size());
        all.subList(from, until)
                .forEach(resource ->
                        bundle.addEntry().setFullUrl(base + "/" + key(resource)).setResource(resource));
        bundle.addLink().setRelation(Bundle.LINK_SELF).setUrl(request.getCompleteUrl());
        if (until < all.size()) {
            bundle.addLink().setRelation(Bundle.LINK_NEXT).setUrl(next(base, id, asked, count, until));
        }
        return bundle;
    }

    private Collection<Resource> of(Resource patient) {
        var found = new LinkedHashMap<String, Resource>();
        found.put(key(patient), patient);
        for (String type : records.types()) {
            fhir.getResourceDefinition(type).getSearchParamsForCompartmentName("Patient").stream()
                    .filter(parameter -> records.searches(type, parameter.getName()))
                    .flatMap(parameter -> records.matching(type, parameter.getName() + "=" + key(patient)).stream())
                    .forEach(resource -> found.put(key(resource), resource));
        }
        for (Resource resource : List.copyOf(found.values())) {
            fhir.newTerser().getAllResourceReferences(resource).stream()
                    .map(info -> info.getResourceReference().getReferenceElement())
                    .filter(target -> target.hasResourceType() && target.hasIdPart())
                    .filter(target -> !target.getResourceType().equals("Patient"))
                    .flatMap(target -> records.find(target.getResourceType(), target.getIdPart()).stream())
                    .forEach(other -> found.putIfAbsent(key(other), other));
        }
        return found.values();
    }

    private List<Resource> narrowed(Collection<Resource> all, Map<String, String[]> asked) {
        Set<String> types = Arrays.stream(asked.getOrDefault("_type", new String[0]))
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .collect(Collectors.toSet());
        Instant since = since(asked);
        return all.stream()
                .filter(resource -> types.isEmpty() || types.contains(resource.fhirType()))
                .filter(resource ->
                        !resource.getMeta().getLastUpdated().toInstant().isBefore(since))
                .toList();
    }

    private static Instant since(Map<String, String[]> asked) {
        try {
            return asked.containsKey("_since")
                    ? OffsetDateTime.parse(asked.get("_since")[0]).toInstant()
                    : Instant.MIN;
        } catch (DateTimeException e) {
            throw new InvalidRequestException("_since must be a time with its offset", e);
        }
    }

    private static int number(Map<String, String[]> asked, String name, int otherwise) {
        if (!asked.containsKey(name)) {
            return otherwise;
        }
        if (!asked.get(name)[0].matches("\\d{1,6}")) {
            throw new InvalidRequestException(name + " must be a whole number");
        }
        return Integer.parseInt(asked.get(name)[0]);
    }

    private static String next(String base, IdType id, Map<String, String[]> asked, int count, int offset) {
        var url = new StringBuilder(
                base + "/Patient/" + id.getIdPart() + "/$everything?_count=" + count + "&_offset=" + offset);
        for (String kept : List.of("_type", "_since")) {
            for (String value : asked.getOrDefault(kept, new String[0])) {
                url.append('&').append(kept).append('=').append(UrlUtil.escapeUrlParam(value));
            }
        }
        return url.toString();
    }

    private static String key(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdPart();
    }
}
