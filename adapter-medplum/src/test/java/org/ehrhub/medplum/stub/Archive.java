package org.ehrhub.medplum.stub;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.ehrhub.sandbox.fhir.Habits;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All resources of the stub with their versions: JSON documents under ids of its own, and the sandbox's index of them. */
final class Archive {
    static final Set<String> OWN_TYPES = Set.of(
            "AccessPolicy",
            "Agent",
            "AsyncJob",
            "Bot",
            "ClientApplication",
            "Login",
            "Project",
            "ProjectMembership",
            "User",
            "UserConfiguration");
    private static final LenientErrorHandler SILENT = new LenientErrorHandler(false);
    private static final int LARGEST_PAGE = 1000;
    private static final int PAGE = 20;

    private final FhirContext fhir = FhirContext.forR4Cached();
    private final Clock clock;
    private final Records index;
    private final Map<String, Map<String, List<Kept>>> types = new LinkedHashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();

    Archive(Clock clock) {
        this.clock = clock;
        var habits = new Habits("medplum", ZoneOffset.UTC, PAGE, LARGEST_PAGE, true, Set.of(), Set.of(), Map.of());
        this.index = Records.none(fhir, habits, clock);
    }

    FhirContext fhir() {
        return fhir;
    }

    Records index() {
        return index;
    }

    Clock clock() {
        return clock;
    }

    boolean isIndexed(String type) {
        return index.types().contains(type);
    }

    boolean knows(String type) {
        return isIndexed(type) || OWN_TYPES.contains(type);
    }

    /** Does the work with nobody else's in between. */
    <T> T alone(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does all of the work or, where it is refused, none; may be part of more such work. */
    <T> T whole(Supplier<T> work) {
        return alone(() -> {
            var before = undo.size();
            try {
                return work.get();
            } catch (Refused e) {
                while (undo.size() > before) {
                    undo.pop().run();
                }
                throw e;
            } finally {
                if (lock.getHoldCount() == 1) {
                    undo.clear();
                }
            }
        });
    }

    /** The versions of a resource, newest first; none where the id was never given. */
    List<Kept> history(String type, String id) {
        return alone(() -> List.copyOf(types.getOrDefault(type, Map.of()).getOrDefault(id, List.of())));
    }

    Optional<Kept> newest(String type, String id) {
        return history(type, id).stream().findFirst();
    }

    /** The document of {@code Type/id}, where it is there and not deleted. */
    Optional<ObjectNode> find(String reference) {
        var parts = reference.split("/", 2);
        return parts.length < 2
                ? Optional.empty()
                : newest(parts[0], parts[1]).filter(kept -> !kept.deleted()).map(Kept::resource);
    }

    /** All of a type that are there. */
    Collection<ObjectNode> all(String type) {
        return alone(() -> types.getOrDefault(type, Map.of()).values().stream()
                .map(List::getFirst)
                .filter(kept -> !kept.deleted())
                .map(Kept::resource)
                .toList());
    }

    /** Every version of every resource, with those that were deleted. */
    List<Kept> everything() {
        return alone(() -> types.values().stream()
                .flatMap(ids -> ids.values().stream())
                .flatMap(List::stream)
                .toList());
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    /** Stores the next version; the document has its id and what meta it shall have beside version and time. */
    Kept put(ObjectNode document) {
        return alone(() -> {
            var made = Kept.now(clock.instant(), document);
            var meta = document.get("meta") instanceof ObjectNode given ? given : document.putObject("meta");
            meta.put("versionId", made.version()).put("lastUpdated", Kept.moment(made.at()));
            push(Json.type(document), Json.id(document), made);
            return made;
        });
    }

    void delete(String type, String id) {
        alone(() -> {
            push(type, id, Kept.now(clock.instant(), null));
            return true;
        });
    }

    private void push(String type, String id, Kept made) {
        var versions = types.computeIfAbsent(type, name -> new LinkedHashMap<>());
        var before = versions.getOrDefault(id, List.of());
        var after = new ArrayList<Kept>();
        after.add(made);
        after.addAll(before);
        versions.put(id, after);
        undo.push(() -> {
            versions.put(id, before);
            if (before.isEmpty()) {
                versions.remove(id);
            }
            show(type, id, before.isEmpty() ? null : before.getFirst().document());
        });
        show(type, id, made.document());
    }

    private void show(String type, String id, @Nullable ObjectNode document) {
        if (!isIndexed(type)) {
            return;
        }
        if (document == null) {
            index.drop(type, id);
        } else {
            index.keep(parsed(document));
        }
    }

    private Resource parsed(ObjectNode document) {
        var plain = document.deepCopy();
        if (plain.get("meta") instanceof ObjectNode meta) {
            meta.retain("lastUpdated", "tag", "profile", "security");
        }
        return (Resource)
                fhir.newJsonParser().setParserErrorHandler(SILENT).parseResource(Json.MAPPER.writeValueAsString(plain));
    }
}
