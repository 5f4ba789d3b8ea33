package org.ehrhub.fhir.resources;

import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirTransaction;
import org.ehrhub.tools.fhir.FhirTransactionOutcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code fhir.transaction}: several writes of a caller's own making, all or none (FHIR R4, 3.1.0.11). The first record that it
 * surely creates holds the hub's key, by which a transaction of unknown outcome is found.
 */
public final class Transacting implements WriteHandler<FhirTransaction, FhirTransactionOutcome> {
    private final FhirServer server;
    private final WriteKeys keys;
    private final TransactionEntries entries;
    private final TransactionAnswer answers;

    /** Transactions on a server. */
    public Transacting(FhirServer server) {
        this.server = server;
        this.keys = new WriteKeys(server);
        this.entries = new TransactionEntries(server);
        this.answers = new TransactionAnswer(server.ehr());
    }

    @Override
    public ToolResult<FhirTransactionOutcome> handle(FhirTransaction input, CallContext call) {
        var bundle = entries.checked(input.bundle().text());
        keyed(bundle).ifPresent(entry -> WriteKeys.add(entry.getResource(), call.writeKey()));
        var answer = server.transaction(bundle, call);
        return new ToolResult.Ok<>(answers.outcome(bundle, answer), server.provenance(null));
    }

    @Override
    public Optional<FhirTransactionOutcome> reconcile(FhirTransaction input, String key, CallContext call) {
        var bundle = entries.checked(input.bundle().text());
        var keyed = keyed(bundle)
                .orElseThrow(() -> new EhrFailure(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "Whether the transaction was done cannot be told: it created nothing that could hold the hub's"
                                + " key.",
                        "Read the records that it was to change."));
        return find(SearchParams.type(TransactionEntry.type(keyed)), key, call)
                .map(found -> answers.allDone(bundle, keyed, found));
    }

    /** The entries name their versions themselves. */
    @Override
    public Optional<String> currentVersion(FhirTransaction input, CallContext call) {
        return Optional.empty();
    }

    private <R extends Resource> Optional<R> find(Class<R> type, String key, CallContext call) {
        return keys.find(type, key, call);
    }

    private static Optional<BundleEntryComponent> keyed(Bundle bundle) {
        return bundle.getEntry().stream()
                .filter(entry -> entry.getRequest().getMethod() == HTTPVerb.POST
                        && !entry.getRequest().hasIfNoneExist()
                        && KeyPlace.in(entry.getResource()) == KeyPlace.MANY)
                .findFirst();
    }
}
