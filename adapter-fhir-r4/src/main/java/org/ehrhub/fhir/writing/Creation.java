package org.ehrhub.fhir.writing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.hl7.fhir.r4.model.DomainResource;

/**
 * Writes a new record once per key: the key is stored in it as an identifier, and the server is asked to create nothing where
 * it holds one with this key already (FHIR R4, 3.1.0.8.1).
 */
public final class Creation<I extends Record, R extends DomainResource, O extends Record>
        implements WriteHandler<I, O> {
    private static final String KEY_NOT_KEPT =
            "The EHR did not keep the hub's key with the record: look for it before you repeat this write.";

    private final FhirServer server;
    private final WriteKeys keys;
    private final Form<I, R, O> form;
    private final AtomicBoolean keepsKeys = new AtomicBoolean(true);

    /** Records of this form on this server. */
    public Creation(FhirServer server, Form<I, R, O> form) {
        this.server = server;
        this.keys = new WriteKeys(server);
        this.form = form;
    }

    /** One tool's record: what is written and how it is shown. */
    public interface Form<I extends Record, R extends DomainResource, O extends Record> {
        /** Its type. */
        Class<R> type();

        /**
         * The record to be written, still without the key.
         *
         * @throws EhrFailure when the call cannot be honoured; nothing was written then
         */
        R draft(I input, CallContext call);

        /** Whether a record of the server is one that this call may have written: of the same patient, to begin with. */
        boolean fits(I input, R held);

        /** The hub's form of it. */
        O shown(R held);

        /** What the caller must know of what was written. */
        default List<String> warnings(R held) {
            return List.of();
        }
    }

    @Override
    public ToolResult<O> handle(I input, CallContext call) {
        var draft = form.draft(input, call);
        WriteKeys.add(draft, call.writeKey());
        var id = server.create(draft, WriteKeys.search(draft.fhirType(), call.writeKey()), call);
        var held = ReadBack.of(server, form.type(), id, call);
        if (!form.fits(input, held)) {
            throw Refusal.unseen();
        }
        var warnings = new ArrayList<>(form.warnings(held));
        warnings.addAll(Dropped.ofNew(draft, held));
        keepsKeys.set(WriteKeys.isIn(held, call.writeKey()));
        if (!keepsKeys.get()) {
            warnings.add(KEY_NOT_KEPT);
        }
        return new ToolResult.Ok<>(form.shown(held), server.provenance(held), warnings);
    }

    /** Where the EHR has shown that it does not keep keys, that none is found says nothing. */
    @Override
    public Optional<O> reconcile(I input, String key, CallContext call) {
        var found = keys.find(form.type(), key, call).filter(held -> form.fits(input, held));
        if (found.isEmpty() && !keepsKeys.get()) {
            throw Refusal.untold();
        }
        return found.map(form::shown);
    }

    /** Nothing that exists would change. */
    @Override
    public Optional<String> currentVersion(I input, CallContext call) {
        return Optional.empty();
    }
}
