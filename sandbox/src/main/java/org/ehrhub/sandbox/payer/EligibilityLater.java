package org.ehrhub.sandbox.payer;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehrhub.sandbox.fhir.Records;
import org.ehrhub.sandbox.fhir.SearchWatcher;
import org.hl7.fhir.r4.model.CoverageEligibilityRequest;

/**
 * A payer that takes its time: to a CoverageEligibilityRequest that was POSTed, the answer is not there when a client looks
 * for it the first time by {@code CoverageEligibilityResponse?request=}, and is there the second time.
 */
public final class EligibilityLater implements SearchWatcher {
    private static final String REQUEST = "CoverageEligibilityRequest";

    private final Records records;
    private final Set<String> lookedFor = new HashSet<>();
    private final Set<String> answered = new HashSet<>();

    /** The payer of one site. */
    public EligibilityLater(Records records) {
        this.records = records;
    }

    @Override
    public void searching(Map<String, String[]> asked) {
        asked.forEach((name, values) -> {
            if (name.equals("request") || name.startsWith("request:")) {
                List.of(values).forEach(this::look);
            }
        });
    }

    private synchronized void look(String request) {
        String id = request.substring(request.lastIndexOf('/') + 1);
        var asked = records.find(REQUEST, id);
        if (asked.isPresent() && !lookedFor.add(id) && answered.add(id)) {
            records.create(new EligibilityAnswer(records).to((CoverageEligibilityRequest) asked.get()));
        }
    }
}
