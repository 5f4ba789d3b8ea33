package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Map;
import org.ehrhub.sandbox.fhir.Write.Create;
import org.ehrhub.sandbox.fhir.Write.Delete;
import org.ehrhub.sandbox.fhir.Write.Outcome;
import org.ehrhub.sandbox.fhir.Write.Update;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/** One site's FHIR interactions (FHIR R4, 3.1.0), apart from HTTP itself. */
public final class FhirSite {
    private final FhirContext fhir;
    private final Habits habits;
    private final ResourceStore store;
    private final Searcher searcher;
    private final ResourceWriter writer;
    private final FreeTimes freeTimes;

    /** A site that keeps its resources in the store and behaves as its habits say. */
    public FhirSite(FhirContext fhir, Habits habits, ResourceStore store) {
        this.fhir = fhir;
        this.habits = habits;
        this.store = store;
        this.searcher = new Searcher(store, habits);
        this.writer = new ResourceWriter(fhir, store, searcher);
        this.freeTimes = new FreeTimes(store, habits.zone());
    }

    /** Answers every request; what goes wrong is an OperationOutcome. */
    FhirAnswer answer(FhirRequest request) {
        try {
            return switch (request.path().size()) {
                case 0 -> onSystem(request);
                case 1 -> request.path().getFirst().equals("metadata") ? metadata(request) : onType(request);
                case 2 -> onInstance(request);
                default -> throw new ResourceNotFoundException("There is no such address here");
            };
        } catch (BaseServerResponseException e) {
            return FhirAnswer.refused(e);
        }
    }

    private FhirAnswer onSystem(FhirRequest request) {
        if (!request.method().equals("POST") || !habits.transactions()) {
            throw new InvalidRequestException("This server takes no requests on its base address");
        }
        Bundle bundle = parsed(request, Bundle.class);
        return FhirAnswer.of(new BundleRequests(this, writer, request.base()).answer(bundle));
    }

    private FhirAnswer metadata(FhirRequest request) {
        if (!request.method().equals("GET")) {
            throw new MethodNotAllowedException("Only GET is possible here");
        }
        return FhirAnswer.of(new Capabilities(habits, store).statement(request.base()));
    }

    private FhirAnswer onType(FhirRequest request) {
        String type = request.path().getFirst();
        store.shelf(type);
        return switch (request.method()) {
            case "GET" -> FhirAnswer.of(searcher.page(request.base(), type, request.parameters()));
            case "POST" -> {
                var resource = ofType(type, parsed(request, Resource.class));
                yield written(request, new Create(resource, request.headers().get("if-none-exist"), null));
            }
            default -> throw new MethodNotAllowedException("Only GET and POST are possible on a type");
        };
    }

    private FhirAnswer onInstance(FhirRequest request) {
        String type = request.path().getFirst();
        String id = request.path().getLast();
        Shelf shelf = store.shelf(type);
        if (id.equals("_search") && request.method().equals("POST")) {
            return FhirAnswer.of(searcher.page(request.base(), type, request.parameters()));
        }
        if (id.startsWith("$")) {
            return operation(type, id, request);
        }
        return switch (request.method()) {
            case "GET" -> read(request, shelf.read(id));
            case "PUT" -> {
                var resource = ofType(type, parsed(request, Resource.class));
                if (!id.equals(resource.getIdPart())) {
                    throw new InvalidRequestException("The id of the resource must be the one in the address");
                }
                yield written(
                        request, new Update(id, resource, request.headers().get("if-match"), null));
            }
            case "DELETE" ->
                written(request, new Delete(type, id, request.headers().get("if-match")));
            default -> throw new MethodNotAllowedException("Only GET, PUT and DELETE are possible on a resource");
        };
    }

    private static FhirAnswer read(FhirRequest request, Resource found) {
        String etag = ResourceWriter.etag(found);
        return request.header("if-none-match").filter(etag::equals).isPresent()
                ? new FhirAnswer(304, null, Map.of("ETag", etag))
                : FhirAnswer.versioned(200, found, request.base());
    }

    private FhirAnswer operation(String type, String name, FhirRequest request) {
        if (!habits.findsFreeTimes() || !type.equals("Appointment") || !name.equals("$find")) {
            throw new ResourceNotFoundException("This server has no operation of that name");
        }
        return switch (request.method()) {
            case "GET" -> FhirAnswer.of(freeTimes.find(request.parameters()));
            case "POST" ->
                FhirAnswer.of(
                        freeTimes.find(FreeTimes.parameters(parsed(request, org.hl7.fhir.r4.model.Parameters.class))));
            default -> throw new MethodNotAllowedException("Only GET and POST are possible on an operation");
        };
    }

    private FhirAnswer written(FhirRequest request, Write write) {
        Outcome outcome = writer.write(List.of(write)).getFirst();
        Resource stored = outcome.resource();
        return stored == null
                ? new FhirAnswer(outcome.status(), null, Map.of())
                : FhirAnswer.versioned(outcome.status(), stored, request.base());
    }

    private <T extends Resource> T parsed(FhirRequest request, Class<T> type) {
        try {
            var parser = fhir.newJsonParser().setParserErrorHandler(new StrictErrorHandler());
            if (type.equals(Resource.class)) {
                return type.cast(parser.parseResource(request.body()));
            }
            return parser.parseResource(type, request.body());
        } catch (DataFormatException | ClassCastException | IllegalArgumentException e) {
            throw new InvalidRequestException("The body is not the FHIR JSON expected here: " + e.getMessage(), e);
        }
    }

    private static Resource ofType(String type, Resource resource) {
        if (!resource.fhirType().equals(type)) {
            throw new InvalidRequestException("The body is not a resource of the type in the address");
        }
        return resource;
    }
}
