package org.ehrhub.fhir.resources;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;

/** A caller's transaction (FHIR R4, 3.1.0.11), looked through: writes to named types and records, and nothing else. */
final class TransactionEntries {
    private static final int MOST = 50;
    private static final Pattern TEMPORARY =
            Pattern.compile("urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final TransactionEntry check;

    TransactionEntries(FhirServer server) {
        this.check = new TransactionEntry(server);
    }

    /**
     * A transaction that may be sent.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is none, or holds anything that is not taken; {@code DENIED} when a
     *     type may not be written
     */
    Bundle checked(String json) {
        if (!(CallerJson.resource(json, "bundle") instanceof Bundle bundle)
                || bundle.getType() != BundleType.TRANSACTION) {
            throw Refused.of("bundle", "is not a Bundle of type transaction.", "Set its type; a batch is not taken.");
        }
        var entries = bundle.getEntry();
        if (entries.isEmpty() || entries.size() > MOST) {
            throw Refused.of(
                    "bundle", "does not hold 1 to " + MOST + " entries.", "Split it, each part complete in itself.");
        }
        var together = entries.stream()
                .map(BundleEntryComponent::getFullUrl)
                .filter(url -> url != null && TEMPORARY.matcher(url).matches())
                .collect(Collectors.toSet());
        entries.forEach(entry -> check.of(entry, together));
        onceEach(bundle, together);
        return bundle;
    }

    private static void onceEach(Bundle bundle, Set<String> together) {
        var places = new HashSet<String>();
        int created = 0;
        for (var entry : bundle.getEntry()) {
            boolean creates = entry.getRequest().getMethod() == HTTPVerb.POST;
            created += creates && entry.hasFullUrl() ? 1 : 0;
            if (!creates && !places.add(entry.getRequest().getUrl())) {
                throw Refused.of("bundle", "writes one record twice.", "Write each record once.");
            }
        }
        if (created != together.size()) {
            throw Refused.of("bundle", "gives two entries one fullUrl.", "Give each entry its own.");
        }
    }
}
