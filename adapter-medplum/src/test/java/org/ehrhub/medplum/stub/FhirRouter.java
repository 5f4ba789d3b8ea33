package org.ehrhub.medplum.stub;

import java.util.List;
import java.util.Optional;

/** Which part answers a request under {@code /fhir/R4}; paths here begin after that. */
final class FhirRouter {
    private static final List<String> BODILY = List.of("$execute", "$push");

    private final Parts parts;
    private final Operations operations;

    FhirRouter(Parts parts, Operations operations) {
        this.parts = parts;
        this.operations = operations;
    }

    /** What speaks of resources. */
    record Parts(
            Archive archive,
            Reading reading,
            Writing writing,
            SearchDesk search,
            Jobs jobs,
            CapabilityDocument statement) {}

    Said answer(Call call) {
        var segments = segments(call.asked().path());
        if (call.asked().method().equals("HEAD")) {
            throw Refused.notFound();
        }
        return BODILY.stream().anyMatch(segments::contains)
                ? routed(call, segments)
                : parts.archive().whole(() -> routed(call, segments));
    }

    /** What needs no login; none where the path is another. */
    Optional<Said> open(Asked asked) {
        return asked.line().equals("GET /metadata")
                ? Optional.of(Said.json(
                        200,
                        parts.statement()
                                .made(Kept.moment(parts.archive().clock().instant()))))
                : Optional.empty();
    }

    private static List<String> segments(String path) {
        var bare = path.replaceAll("^/|/$", "");
        return bare.isEmpty() ? List.of() : List.of(bare.split("/", -1));
    }

    private Said routed(Call call, List<String> segments) {
        var operation = segments.stream().filter(one -> one.startsWith("$")).findFirst();
        if (operation.isPresent()) {
            return operations.answer(call, segments, operation.get());
        }
        return switch (segments.size()) {
            case 0 -> system(call);
            case 1 -> type(call, segments.getFirst());
            case 2 -> two(call, segments.getFirst(), segments.get(1));
            case 3 -> three(call, segments);
            case 4 ->
                segments.get(2).equals("_history") && call.asked().method().equals("GET")
                        ? parts.reading().version(call, segments.getFirst(), segments.get(1), segments.get(3))
                        : nothing();
            default -> nothing();
        };
    }

    private Said system(Call call) {
        return switch (call.asked().method()) {
            case "GET" -> parts.search().ofTypes(call);
            case "POST" -> operations.bundle(call);
            default -> nothing();
        };
    }

    private Said type(Call call, String type) {
        return switch (call.asked().method()) {
            case "GET" -> parts.search().ofType(call, type);
            case "POST" -> parts.writing().create(call, type);
            case "PUT" -> parts.writing().conditionalUpdate(call, type);
            case "PATCH" -> parts.writing().conditionalPatch(call, type);
            case "DELETE" -> parts.writing().conditionalDelete(call, type);
            default -> nothing();
        };
    }

    private Said two(Call call, String type, String id) {
        if (id.equals("_search") && call.asked().method().equals("POST")) {
            return parts.search().ofType(call, type);
        }
        return switch (call.asked().method()) {
            case "GET" -> parts.reading().read(call, type, id);
            case "PUT" -> parts.writing().update(call, type, id);
            case "PATCH" -> parts.writing().patch(call, type, id);
            case "DELETE" -> parts.writing().delete(call, type, id);
            default -> nothing();
        };
    }

    private Said three(Call call, List<String> segments) {
        if (!call.asked().method().equals("GET")) {
            return nothing();
        }
        if (segments.getFirst().equals("job") && segments.get(2).equals("status")) {
            return parts.jobs().poll(call, segments.get(1));
        }
        return segments.get(2).equals("_history")
                ? parts.reading().history(call, segments.getFirst(), segments.get(1))
                : nothing();
    }

    private static Said nothing() {
        throw Refused.notFound();
    }
}
