package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import ca.uhn.fhir.util.UrlUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ehrhub.sandbox.fhir.Write.Create;
import org.ehrhub.sandbox.fhir.Write.Delete;
import org.ehrhub.sandbox.fhir.Write.Outcome;
import org.ehrhub.sandbox.fhir.Write.Patch;
import org.ehrhub.sandbox.fhir.Write.Update;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Writes to one site's store: every condition is checked before anything changes, all under one lock. */
final class ResourceWriter {
    private final FhirContext fhir;
    private final ResourceStore store;
    private final Searcher searcher;

    ResourceWriter(FhirContext fhir, ResourceStore store, Searcher searcher) {
        this.fhir = fhir;
        this.store = store;
        this.searcher = searcher;
    }

    Searcher searcher() {
        return searcher;
    }

    /** Does all of the writes or, by throwing, none. */
    List<Outcome> write(List<Write> writes) {
        return store.writing(() -> new Batch(writes).run());
    }

    /** The writes of one request, first planned, then done. */
    private final class Batch {
        private final List<Write> writes;
        private final List<Outcome> outcomes = new ArrayList<>();
        private final Map<String, String> placeholders = new HashMap<>();
        private final Set<String> touched = new HashSet<>();

        Batch(List<Write> writes) {
            this.writes = writes;
        }

        List<Outcome> run() {
            writes.forEach(write -> outcomes.add(planned(write)));
            for (int each = 0; each < writes.size(); each++) {
                if (!(writes.get(each) instanceof Delete) && !isFound(each)) {
                    resolve(Objects.requireNonNull(outcomes.get(each).resource()));
                }
            }
            for (int each = 0; each < writes.size(); each++) {
                done(each);
            }
            return outcomes;
        }

        private boolean isFound(int each) {
            return writes.get(each) instanceof Create && outcomes.get(each).status() == 200;
        }

        private Outcome planned(Write write) {
            return switch (write) {
                case Create create -> plannedCreate(create);
                case Update update -> plannedUpdate(update);
                case Patch patch -> plannedPatch(patch);
                case Delete delete -> {
                    store.shelf(delete.type()).find(delete.id()).ifPresent(now -> matches(now, delete.ifMatch()));
                    touch(delete.type(), delete.id());
                    yield new Outcome(204, null);
                }
            };
        }

        private Outcome plannedCreate(Create create) {
            String type = create.resource().fhirType();
            store.shelf(type);
            if (create.unless() != null) {
                List<Resource> found = searcher.matching(
                        type,
                        UrlUtil.parseQueryString(
                                create.unless().substring(create.unless().indexOf('?') + 1)));
                if (found.size() > 1) {
                    throw new PreconditionFailedException("If-None-Exist matches more than one resource");
                }
                if (found.size() == 1) {
                    name(create.fullUrl(), found.getFirst());
                    return new Outcome(200, found.getFirst());
                }
            }
            Resource made = create.resource().copy();
            made.setId(type + "/" + store.newId());
            name(create.fullUrl(), made);
            return new Outcome(201, made);
        }

        private Outcome plannedUpdate(Update update) {
            String type = update.resource().fhirType();
            Shelf shelf = store.shelf(type);
            if (shelf.isUnknown(update.id())) {
                throw new MethodNotAllowedException("The server chooses ids: create with POST");
            }
            matches(shelf.read(update.id()), update.ifMatch());
            touch(type, update.id());
            Resource next = update.resource().copy();
            next.setId(type + "/" + update.id());
            name(update.fullUrl(), next);
            return new Outcome(200, next);
        }

        private Outcome plannedPatch(Patch patch) {
            Resource before = store.shelf(patch.type()).read(patch.id());
            matches(before, patch.ifMatch());
            touch(patch.type(), patch.id());
            return new Outcome(200, patch.document().applied(before, fhir));
        }

        private void touch(String type, String id) {
            if (!touched.add(type + "/" + id)) {
                throw new InvalidRequestException("A Bundle may write a resource only once");
            }
        }

        private void name(@Nullable String fullUrl, Resource resource) {
            if (fullUrl != null) {
                placeholders.put(fullUrl, resource.fhirType() + "/" + resource.getIdPart());
            }
        }

        private void resolve(Resource resource) {
            for (var info : fhir.newTerser().getAllResourceReferences(resource)) {
                IBaseReference reference = info.getResourceReference();
                String target = reference.getReferenceElement().getValue();
                if (target == null) {
                    continue;
                }
                String stored = placeholders.get(target);
                if (stored != null) {
                    reference.setReference(stored);
                } else if (target.startsWith("urn:")) {
                    throw new UnprocessableEntityException("A reference names no entry of the Bundle");
                } else if (resource instanceof Appointment) {
                    known(reference);
                }
            }
        }

        private void known(IBaseReference reference) {
            var target = reference.getReferenceElement();
            String type = target.getResourceType();
            boolean exists = type != null
                    && store.shelves().containsKey(type)
                    && store.shelf(type).find(target.getIdPart()).isPresent();
            if (!exists && !placeholders.containsValue(type + "/" + target.getIdPart())) {
                throw new UnprocessableEntityException("The appointment refers to a resource that is not known here");
            }
        }

        private void done(int each) {
            Outcome outcome = outcomes.get(each);
            if (writes.get(each) instanceof Delete delete) {
                store.shelf(delete.type()).remove(delete.id());
            } else if (!isFound(each)) {
                Resource next = Objects.requireNonNull(outcome.resource());
                store.shelf(next.fhirType()).put(next, store.now());
            }
        }
    }

    private static void matches(Resource now, @Nullable String ifMatch) {
        if (ifMatch != null && !ifMatch.equals(now.getMeta().getVersionId())) {
            throw new PreconditionFailedException("If-Match does not name the current version");
        }
    }
}
