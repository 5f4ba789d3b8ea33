package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.method.BaseResourceReturningMethodBinding;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletSubRequestDetails;
import ca.uhn.fhir.util.OperationOutcomeUtil;
import ca.uhn.fhir.util.UrlUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.ehrhub.sandbox.fhir.Write.Create;
import org.ehrhub.sandbox.fhir.Write.Delete;
import org.ehrhub.sandbox.fhir.Write.Outcome;
import org.ehrhub.sandbox.fhir.Write.Update;
import org.hl7.fhir.instance.model.api.IBaseOperationOutcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Transaction and batch (FHIR R4, 3.1.0.11): a transaction's writes happen all or not at all, its reads after them. */
public final class BundleRequests {
    private final Habits habits;
    private final ResourceWriter writer;

    BundleRequests(Habits habits, ResourceWriter writer) {
        this.habits = habits;
        this.writer = writer;
    }

    /** The answers to the entries, in their order. */
    @Transaction
    public Bundle answer(@TransactionParam Bundle asked, ServletRequestDetails request) {
        @Nullable BundleType type = asked.getType();
        if (type == BundleType.TRANSACTION) {
            return bundle(BundleType.TRANSACTIONRESPONSE, transaction(asked.getEntry(), request));
        }
        if (type == BundleType.BATCH) {
            return bundle(
                    BundleType.BATCHRESPONSE,
                    asked.getEntry().stream()
                            .map(entry -> alone(entry, request))
                            .toList());
        }
        throw new InvalidRequestException("A Bundle must be of type transaction or batch");
    }

    private static Bundle bundle(BundleType type, List<BundleEntryComponent> answers) {
        return new Bundle().setType(type).setEntry(new ArrayList<>(answers));
    }

    private List<BundleEntryComponent> transaction(List<BundleEntryComponent> entries, ServletRequestDetails request) {
        var writes = new TreeMap<Integer, Write>();
        for (int each = 0; each < entries.size(); each++) {
            if (verb(entries.get(each)) != HTTPVerb.GET) {
                writes.put(each, write(entries.get(each)));
            }
        }
        List<Outcome> outcomes = writer.write(List.copyOf(writes.values()));
        var positions = List.copyOf(writes.keySet());
        var answers = new ArrayList<BundleEntryComponent>();
        for (int each = 0; each < entries.size(); each++) {
            int written = positions.indexOf(each);
            answers.add(written < 0 ? read(entries.get(each), request) : written(outcomes.get(written), request));
        }
        return answers;
    }

    private BundleEntryComponent alone(BundleEntryComponent entry, ServletRequestDetails request) {
        try {
            return verb(entry) == HTTPVerb.GET
                    ? read(entry, request)
                    : written(writer.write(List.of(write(entry))).getFirst(), request);
        } catch (BaseServerResponseException e) {
            var answer = new BundleEntryComponent();
            answer.getResponse().setStatus(Integer.toString(e.getStatusCode())).setOutcome((Resource)
                    outcome(e, request.getFhirContext()));
            return answer;
        }
    }

    private static IBaseOperationOutcome outcome(BaseServerResponseException refusal, FhirContext fhir) {
        @Nullable IBaseOperationOutcome told = refusal.getOperationOutcome();
        if (told != null) {
            return told;
        }
        IBaseOperationOutcome made = OperationOutcomeUtil.newInstance(fhir);
        OperationOutcomeUtil.addIssue(
                fhir, made, OperationOutcomeUtil.OO_SEVERITY_ERROR, refusal.getMessage(), null, "processing");
        return made;
    }

    /** A read or search is a request to the same server. */
    private static BundleEntryComponent read(BundleEntryComponent entry, ServletRequestDetails request) {
        String url = entry.getRequest().getUrl();
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        var inner = new ServletSubRequestDetails(request);
        inner.setRequestType(RequestTypeEnum.GET);
        inner.setServer(request.getServer());
        inner.setFhirServerBase(request.getFhirServerBase());
        inner.setRequestPath(path);
        inner.setParameters(query < 0 ? new HashMap<>() : UrlUtil.parseQueryString(url.substring(query + 1)));
        request.getServer().populateRequestDetailsFromRequestPath(inner, path);
        if (request.getServer().determineResourceMethod(inner, path)
                instanceof BaseResourceReturningMethodBinding reading) {
            var found = (Resource) Objects.requireNonNull(reading.doInvokeServer(request.getServer(), inner));
            return answer(200, found, request);
        }
        throw new InvalidRequestException("An entry with GET must be a read or a search");
    }

    private static BundleEntryComponent written(Outcome outcome, ServletRequestDetails request) {
        return answer(outcome.status(), outcome.resource(), request);
    }

    private static BundleEntryComponent answer(int status, @Nullable Resource stored, ServletRequestDetails request) {
        var answer = new BundleEntryComponent();
        BundleEntryResponseComponent response = answer.getResponse().setStatus(Integer.toString(status));
        if (stored != null) {
            answer.setResource(stored);
        }
        if (stored != null && stored.getMeta().hasVersionId()) {
            response.setEtag(RestfulServerUtils.createEtag(stored.getMeta().getVersionId()))
                    .setLocation(Write.address(stored)
                            .withServerBase(request.getFhirServerBase(), stored.fhirType())
                            .getValue())
                    .setLastModifiedElement(new InstantType(
                            stored.getMeta().getLastUpdatedElement().getValueAsString()));
        }
        return answer;
    }

    private Write write(BundleEntryComponent entry) {
        BundleEntryRequestComponent request = entry.getRequest();
        String[] path = request.getUrl().split("/", -1);
        if (habits.readOnly().contains(path[0])) {
            throw new MethodNotAllowedException("This server does not write resources of this type");
        }
        @Nullable String version = Write.version(request.getIfMatch());
        String fullUrl = entry.getFullUrl();
        return switch (verb(entry)) {
            case POST -> new Create(resource(entry, path, 1), request.getIfNoneExist(), fullUrl);
            case PUT -> new Update(path[path.length - 1], resource(entry, path, 2), version, fullUrl);
            case DELETE -> {
                shape(path, 2);
                yield new Delete(path[0], path[1], version);
            }
            default -> throw new InvalidRequestException("An entry may be GET, POST, PUT or DELETE here");
        };
    }

    private static Resource resource(BundleEntryComponent entry, String[] path, int length) {
        shape(path, length);
        @Nullable Resource resource = entry.getResource();
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
}
