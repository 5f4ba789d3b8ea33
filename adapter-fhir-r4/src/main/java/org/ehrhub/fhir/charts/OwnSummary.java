package org.ehrhub.fhir.charts;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs.Need;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Bundle;

/**
 * The summary that a server makes itself, asked for unless the server says, or has shown, that it makes none, and not waited
 * for too long.
 */
final class OwnSummary {
    private static final Need SUMMARY = new Need("Patient", "$summary");
    private static final int SHARE = 3;
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final ChartReading charts;
    private final FhirServer server;
    private final AtomicBoolean offered = new AtomicBoolean(true);

    OwnSummary(ChartReading charts) {
        this.charts = charts;
        this.server = charts.server();
    }

    /**
     * What became of asking.
     *
     * @param summary where there is one about the patient
     * @param refused whether the server does not do this, or does not know the patient
     */
    record Answer(Optional<InternationalSummary> summary, boolean refused) {}

    /** Asks with a share of the time left, so that the lists still have theirs. */
    Answer of(Reference patient, CallContext call) {
        if (!offered.get() || server.capabilities().unmet(SUMMARY).isPresent()) {
            return new Answer(Optional.empty(), false);
        }
        var share = call.remaining(server.clock()).dividedBy(SHARE);
        var end = server.clock().instant().plus(share.compareTo(LONGEST) < 0 ? share : LONGEST);
        var soon = call.until(end);
        try {
            var path = "Patient/" + patient.id() + "/$summary";
            var document = server.operation(path, null, false, Bundle.class, soon);
            return new Answer(InternationalSummary.in(document, patient, charts), false);
        } catch (EhrFailure e) {
            // The lists say all that it would have said.
            return new Answer(Optional.empty(), e.code() == ErrorCode.UNSUPPORTED || e.code() == ErrorCode.DENIED);
        }
    }

    /** The server knows the patient, and still refused: it is not asked again. */
    void isNotOffered() {
        offered.set(false);
    }
}
