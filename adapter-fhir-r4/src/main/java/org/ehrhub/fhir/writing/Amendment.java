package org.ehrhub.fhir.writing;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.jspecify.annotations.Nullable;

/**
 * Changes a record as a whole under the version that was read (FHIR R4, 3.1.0.5.2), with the key of the write stored in it as
 * an identifier. What the change does not name goes back as it came.
 */
public final class Amendment<I extends Record, R extends DomainResource, O extends Record>
        implements WriteHandler<I, O> {
    private static final String WAS_SO = "The record was like this before; nothing was changed.";
    private static final String KEY_NOT_KEPT =
            "The EHR did not keep the hub's key with the record: read it before you repeat this write.";
    private static final Set<NarrativeStatus> DERIVED =
            EnumSet.of(NarrativeStatus.GENERATED, NarrativeStatus.EXTENSIONS);

    private final FhirServer server;
    private final Change<I, R, O> change;

    /** Changes of this kind on this server. */
    public Amendment(FhirServer server, Change<I, R, O> change) {
        this.server = server;
        this.change = change;
    }

    /**
     * Which record a call changes.
     *
     * @param record the record
     * @param argument the name of the argument that holds it
     * @param version which it must still have; any where none is given
     */
    public record Target(
            Reference record, String argument, @Nullable String version) {}

    /** One tool's change. */
    public interface Change<I extends Record, R extends DomainResource, O extends Record> {
        /** The type of the records. */
        Class<R> type();

        /** The record that a call changes. */
        Target target(I input);

        /**
         * Makes the change; leaves the record exactly as it is where it is so already.
         *
         * @throws EhrFailure when it cannot be made; nothing was written then
         */
        void make(I input, R held, CallContext call);

        /** The hub's form of the record. */
        O shown(R held);
    }

    @Override
    public ToolResult<O> handle(I input, CallContext call) {
        var held = read(input, call);
        if (WriteKeys.isIn(held, call.writeKey())) {
            return shown(held, List.of());
        }
        mayBeChanged(held, change.target(input).version());
        var before = held.copy();
        change.make(input, held, call);
        if (held.equalsDeep(before)) {
            return shown(held, List.of(WAS_SO));
        }
        WriteKeys.add(held, call.writeKey());
        withoutStaleNarrative(held);
        server.update(held, call);
        return readBack(input, new Sent<>(change.type().cast(before), held), call);
    }

    /** Done whoever did it: a record that is so already was found so, without this write's key. */
    @Override
    public Optional<O> reconcile(I input, String key, CallContext call) {
        return Optional.of(read(input, call))
                .filter(held -> WriteKeys.isIn(held, key) || isDone(input, held, call))
                .map(change::shown);
    }

    @Override
    public Optional<String> currentVersion(I input, CallContext call) {
        return Optional.ofNullable(server.provenance(read(input, call)).version());
    }

    private R read(I input, CallContext call) {
        return server.read(change.type(), id(input), call);
    }

    private String id(I input) {
        var target = change.target(input);
        return FhirId.of(target.record(), target.argument(), server.ehr());
    }

    private void mayBeChanged(R held, @Nullable String version) {
        if (WriteKeys.isEnteredInError(held)) {
            throw Refusal.enteredInError();
        }
        if (Modifiers.unknownIn(held)) {
            throw Refusal.modified();
        }
        if (held.getMeta().getTag().stream().map(Coding::getCode).anyMatch("SUBSETTED"::equals)) {
            throw Refusal.partial();
        }
        if (version != null && !version.equals(server.versionOf(held))) {
            throw Refusal.conflict(
                    "The record has changed since that version.", "Read it again and show the user what it says now.");
        }
    }

    /** A record before it was changed, and as it was sent. */
    private record Sent<R extends DomainResource>(R before, R after) {}

    private ToolResult<O> readBack(I input, Sent<R> sent, CallContext call) {
        var held = ReadBack.of(server, change.type(), id(input), call);
        if (WriteKeys.isIn(held, call.writeKey())) {
            return shown(held, Dropped.ofChange(sent.before(), sent.after(), held));
        }
        if (!isDone(input, held, call)) {
            throw Refusal.unseen();
        }
        return shown(held, List.of(KEY_NOT_KEPT));
    }

    private boolean isDone(I input, R held, CallContext call) {
        try {
            var copy = change.type().cast(held.copy());
            change.make(input, copy, call);
            return copy.equalsDeep(held);
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.CONFLICT || e.code() == ErrorCode.INVALID_INPUT) {
                return false;
            }
            throw e;
        }
    }

    private ToolResult<O> shown(R held, List<String> warnings) {
        return new ToolResult.Ok<>(change.shown(held), server.provenance(held), warnings);
    }

    /** Takes out a text that was made from the record, which would still tell the old story. */
    public static void withoutStaleNarrative(DomainResource changed) {
        if (DERIVED.contains(changed.getText().getStatus())) {
            changed.setText(null);
        }
    }
}
