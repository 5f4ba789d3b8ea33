package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ehrhub.sandbox.fhir.Write.Create;
import org.ehrhub.sandbox.fhir.Write.Delete;
import org.ehrhub.sandbox.fhir.Write.Outcome;
import org.ehrhub.sandbox.fhir.Write.Update;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Transaction and batch (FHIR R4, 3.1.0.11): a transaction's writes happen all or not at all, its reads after them. */
final class BundleRequests {
    private final FhirSite site;
    private final ResourceWriter writer;
    private final String base;

    BundleRequests(FhirSite site, ResourceWriter writer, String base) {
        this.site = site;
        this.writer = writer;
        this.base = base;
    }

    Bundle answer(Bundle asked) {
        if (asked.getType() == BundleType.TRANSACTION) {
            return transaction(asked.getEntry());
        }
        if (asked.getType() == BundleType.BATCH) {
            return batch(asked.getEntry());
        }
        throw new InvalidRequestException("A Bundle must be of type transaction or batch");
    }

    private Bundle transaction(List<BundleEntryComponent> entries) {
        var writes = new TreeMap<Integer, Write>();
        for (int each = 0; each < entries.size(); each++) {
            if (verb(entries.get(each)) != HTTPVerb.GET) {
                writes.put(each, write(entries.get(each)));
            }
        }
        List<Outcome> outcomes = writer.write(List.copyOf(writes.values()));
        var positions = List.copyOf(writes.keySet());
        var answer = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
        for (int each = 0; each < entries.size(); each++) {
            int written = positions.indexOf(each);
            if (written < 0) {
                add(answer, read(entries.get(each)));
            } else {
                add(answer, answerTo(outcomes.get(written)));
            }
        }
        return answer;
    }

    private Bundle batch(List<BundleEntryComponent> entries) {
        var answer = new Bundle().setType(BundleType.BATCHRESPONSE);
        for (BundleEntryComponent entry : entries) {
            add(answer, alone(entry));
        }
        return answer;
    }

    private FhirAnswer alone(BundleEntryComponent entry) {
        try {
            return verb(entry) == HTTPVerb.GET
                    ? read(entry)
                    : answerTo(writer.write(List.of(write(entry))).getFirst());
        } catch (BaseServerResponseException e) {
            return FhirAnswer.refused(e);
        }
    }

    private FhirAnswer answerTo(Outcome outcome) {
        Resource stored = outcome.resource();
        return stored == null
                ? new FhirAnswer(outcome.status(), null, Map.of())
                : FhirAnswer.versioned(outcome.status(), stored, base);
    }

    private FhirAnswer read(BundleEntryComponent entry) {
        String url = entry.getRequest().getUrl();
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        return site.answer(new FhirRequest(
                "GET", base, List.of(path.split("/", -1)), query < 0 ? Map.of() : Query.parameters(url), Map.of(), ""));
    }

    private static Write write(BundleEntryComponent entry) {
        BundleEntryRequestComponent request = entry.getRequest();
        String[] path = request.getUrl().split("/", -1);
        String fullUrl = entry.getFullUrl();
        return switch (verb(entry)) {
            case POST -> new Create(resource(entry, path, 1), request.getIfNoneExist(), fullUrl);
            case PUT -> new Update(path[path.length - 1], resource(entry, path, 2), request.getIfMatch(), fullUrl);
            case DELETE -> {
                shape(path, 2);
                yield new Delete(path[0], path[1], request.getIfMatch());
            }
            default -> throw new InvalidRequestException("An entry may be GET, POST, PUT or DELETE here");
        };
    }

    private static Resource resource(BundleEntryComponent entry, String[] path, int length) {
        shape(path, length);
        Resource resource = entry.getResource();
        if (resource == null || !resource.fhirType().equals(path[0])) {
            throw new InvalidRequestException("An entry's resource must be of the type in its request.url");
        }
        return resource;
    }

    private static void shape(String[] path, int length) {
        if (path.length != length || path[length - 1].contains("?")) {
            throw new InvalidRequestException("An entry's request.url must be Type or Type/id");
        }
    }

    private static HTTPVerb verb(BundleEntryComponent entry) {
        @Nullable HTTPVerb verb = entry.getRequest().getMethod();
        if (verb == null || !entry.getRequest().hasUrl()) {
            throw new InvalidRequestException("Every entry needs a request with a method and a url");
        }
        return verb;
    }

    private static void add(Bundle bundle, FhirAnswer answer) {
        BundleEntryComponent entry = bundle.addEntry();
        BundleEntryResponseComponent response = entry.getResponse().setStatus(Integer.toString(answer.status()));
        Resource body = answer.body();
        if (body instanceof OperationOutcome) {
            response.setOutcome(body);
        } else if (body != null) {
            entry.setResource(body);
        }
        response.setEtag(answer.headers().get("ETag"));
        response.setLocation(
                answer.headers().getOrDefault("Location", answer.headers().get("Content-Location")));
        if (body != null && body.getMeta().hasLastUpdated()) {
            response.setLastModifiedElement(
                    new InstantType(body.getMeta().getLastUpdatedElement().getValueAsString()));
        }
    }
}
