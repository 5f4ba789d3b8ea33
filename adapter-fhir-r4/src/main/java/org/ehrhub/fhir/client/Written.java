package org.ehrhub.fhir.client;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.MethodOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The records that a server took from one piece of work, as it answered; belongs to the thread that does the work. */
public final class Written {
    private static final ScopedValue<Written> NOW = ScopedValue.newInstance();

    private final Map<String, Item> items = new LinkedHashMap<>();

    /** What was done to a record. */
    public enum Activity {
        /** It is new. */
        CREATE,
        /** It has another version. */
        UPDATE,
        /** It is gone. */
        DELETE
    }

    /**
     * A record that was written.
     *
     * @param record its type and id
     * @param version the version that it has since, where the server told
     */
    public record Item(String record, @Nullable String version, Activity activity) {}

    /** Does a piece of work and collects what it writes. */
    public <T> T during(Supplier<T> work) {
        return ScopedValue.where(NOW, this).call(work::get);
    }

    /** What was written, each record once, as the last write left it. */
    public List<Item> items() {
        return List.copyOf(items.values());
    }

    /** The id of what a create made or found, which some servers say in the record alone where they found one. */
    static Optional<String> id(MethodOutcome outcome, Resource sent) {
        var told = Optional.ofNullable(outcome.getId()).map(IIdType::getIdPart);
        return told.or(() -> Optional.ofNullable(outcome.getResource())
                .filter(shown -> shown.fhirType().equals(sent.fhirType()))
                .map(shown -> shown.getIdElement().getIdPart()));
    }

    /** Notes what a create came to; a record that was found counts where it holds the key of this very write. */
    static void created(MethodOutcome outcome, Resource sent, boolean underOwnKey) {
        if (underOwnKey || Boolean.TRUE.equals(outcome.getCreated())) {
            id(outcome, sent).ifPresent(id -> note(sent.fhirType(), id, version(outcome), Activity.CREATE));
        }
    }

    static void updated(MethodOutcome outcome, Resource sent) {
        note(sent.fhirType(), sent.getIdPart(), version(outcome), Activity.UPDATE);
    }

    static void patched(String type, String id, Content answer) {
        note(type, id, version(answer), Activity.UPDATE);
    }

    static void deleted(String type, String id) {
        note(type, id, null, Activity.DELETE);
    }

    /** Notes what a transaction came to, entry by entry (FHIR R4, 3.1.0.11.2). */
    static void done(Bundle sent, Bundle answer) {
        for (int i = 0; i < Math.min(sent.getEntry().size(), answer.getEntry().size()); i++) {
            var request = sent.getEntry().get(i).getRequest();
            var response = answer.getEntry().get(i).getResponse();
            var status = String.valueOf(response.getStatus());
            var told = new IdType(response.getLocation());
            var meant = told.hasIdPart() ? told : new IdType(request.getUrl());
            activity(request.getMethod(), status)
                    .filter(activity -> meant.hasResourceType() && meant.hasIdPart())
                    .ifPresent(activity ->
                            note(meant.getResourceType(), meant.getIdPart(), told.getVersionIdPart(), activity));
        }
    }

    private static Optional<Activity> activity(@Nullable HTTPVerb method, String status) {
        if (method == null || !status.startsWith("2")) {
            return Optional.empty();
        }
        var made = status.startsWith("201");
        return switch (method) {
            case POST -> made ? Optional.of(Activity.CREATE) : Optional.empty();
            case PUT -> Optional.of(made ? Activity.CREATE : Activity.UPDATE);
            case PATCH -> Optional.of(Activity.UPDATE);
            case DELETE -> Optional.of(Activity.DELETE);
            default -> Optional.empty();
        };
    }

    private static void note(String type, String id, @Nullable String version, Activity activity) {
        if (NOW.isBound()) {
            var record = type + "/" + id;
            NOW.get()
                    .items
                    .merge(
                            record,
                            new Item(record, version, activity),
                            (first, last) -> first.activity() == Activity.CREATE && activity != Activity.DELETE
                                    ? new Item(record, version, Activity.CREATE)
                                    : last);
        }
    }

    private static @Nullable String version(MethodOutcome outcome) {
        var told = outcome.getId() == null ? null : outcome.getId().getVersionIdPart();
        return told == null && outcome.getResource() instanceof Resource resource
                ? resource.getMeta().getVersionId()
                : told;
    }

    private static @Nullable String version(Content answer) {
        try {
            return !answer.isEmpty() && FhirClients.parse(answer.bytes()) instanceof Resource resource
                    ? resource.getMeta().getVersionId()
                    : null;
        } catch (DataFormatException e) {
            return null; // it was done, and the answer shows something else than the record
        }
    }
}
