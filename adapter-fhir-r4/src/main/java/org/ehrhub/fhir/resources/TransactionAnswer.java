package org.ehrhub.fhir.resources;

import java.util.ArrayList;
import java.util.Objects;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.fhir.FhirTransactionOutcome;
import org.ehrhub.tools.fhir.FhirTransactionOutcome.Entry;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** What a server says became of the entries of a transaction: all done, or nobody knows. */
final class TransactionAnswer {
    private static final Pattern STATUS = Pattern.compile("([1-5][0-9]{2})\\b.*", Pattern.DOTALL);
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"([A-Za-z0-9.-]{1,64})\"");

    private final String ehr;

    TransactionAnswer(String ehr) {
        this.ehr = ehr;
    }

    /**
     * The outcome of a transaction that the server answered.
     *
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when it did not say of each entry that it was done: some servers do the
     *     entries one by one
     */
    FhirTransactionOutcome outcome(Bundle sent, Bundle answer) {
        if (answer.getEntry().size() != sent.getEntry().size()) {
            throw FhirServer.unclear();
        }
        var entries = new ArrayList<Entry>();
        for (int each = 0; each < sent.getEntry().size(); each++) {
            entries.add(
                    entry(sent.getEntry().get(each), answer.getEntry().get(each).getResponse()));
        }
        if (!entries.stream().allMatch(entry -> entry.status().startsWith("2"))) {
            throw new EhrFailure(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "The EHR refused some entries and may have done the others, which a transaction never is.",
                    "Read each record that it was to write before you write again.");
        }
        return new FhirTransactionOutcome(entries);
    }

    /** The outcome of a transaction of which the server shows a record that it created: all was done. */
    FhirTransactionOutcome allDone(Bundle sent, BundleEntryComponent keyed, Resource found) {
        return new FhirTransactionOutcome(sent.getEntry().stream()
                .map(entry -> Objects.equals(entry, keyed) ? shown(found) : unseen(entry))
                .toList());
    }

    private Entry entry(BundleEntryComponent sent, BundleEntryResponseComponent response) {
        var status = STATUS.matcher(String.valueOf(response.getStatus()));
        var place = new IdType(response.getLocation());
        return new Entry(
                status.matches() ? status.group(1) : "unknown", reference(sent, place), version(response, place));
    }

    private @Nullable Reference reference(BundleEntryComponent sent, IdType place) {
        if (sent.getRequest().getMethod() != HTTPVerb.POST) {
            return FhirId.reference(ehr, sent.getRequest().getUrl());
        }
        return TransactionEntry.type(sent).equals(place.getResourceType())
                ? FhirId.reference(ehr, place.getResourceType() + "/" + place.getIdPart())
                : null;
    }

    private static @Nullable String version(BundleEntryResponseComponent response, IdType place) {
        var etag = ETAG.matcher(String.valueOf(response.getEtag()));
        return etag.matches() ? etag.group(1) : place.getVersionIdPart();
    }

    private Entry shown(Resource found) {
        return new Entry("201", FhirId.reference(ehr, found), found.getMeta().getVersionId());
    }

    private Entry unseen(BundleEntryComponent sent) {
        return switch (sent.getRequest().getMethod()) {
            case POST -> new Entry("201", null, null);
            case DELETE ->
                new Entry("204", FhirId.reference(ehr, sent.getRequest().getUrl()), null);
            default -> new Entry("200", FhirId.reference(ehr, sent.getRequest().getUrl()), null);
        };
    }
}
