package org.ehrhub.fhir.coverage;

import java.util.Map;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Script;

/** The records of one patient whom a payer is asked about. */
final class ChartRecords {
    static final Map<String, String> ALL = Map.of(
            "ServiceRequest/o1", """
            {"resourceType":"ServiceRequest","id":"o1","meta":{"versionId":"3"},"status":"active","intent":"order",
             "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">told</div>"},
             "subject":{"reference":"Patient/p1"},"requester":{"reference":"PractitionerRole/r1"},"priority":"urgent",
             "code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"70551"}]},
             "occurrenceDateTime":"2026-03-09T10:00:00+01:00"}""",
            "Coverage/c1", """
            {"resourceType":"Coverage","id":"c1","status":"active","beneficiary":{"reference":"Patient/p1"},
             "payor":[{"reference":"Organization/pay"}]}""",
            "Patient/p1", """
            {"resourceType":"Patient","id":"p1","name":[{"family":"Hill"}],"photo":[{"data":"dG9sZA=="}],
             "contact":[{"name":{"text":"told"}}]}""",
            "Organization/pay", "{\"resourceType\":\"Organization\",\"id\":\"pay\"}",
            "PractitionerRole/r1", """
            {"resourceType":"PractitionerRole","id":"r1","practitioner":{"reference":"Practitioner/d1"},
             "organization":{"reference":"Organization/org"}}""",
            "Practitioner/d1", "{\"resourceType\":\"Practitioner\",\"id\":\"d1\"}",
            "Organization/org", "{\"resourceType\":\"Organization\",\"id\":\"org\"}",
            "Encounter/v1", """
            {"resourceType":"Encounter","id":"v1","status":"finished","class":{"code":"AMB"},
             "subject":{"reference":"Patient/p1"},"period":{"start":"2026-03-01T09:00:00Z"}}""");

    private ChartRecords() {}

    /** Gives these records, and for the rest what a script says. */
    static void given(ScriptedEhr ehr, Script rest) {
        ehr.server().answers(request -> {
            var record = ALL.get(request.target().substring("/fhir/".length()));
            return record != null ? new Answer(200, record) : rest.to(request);
        });
    }

    /** A search that finds nothing. */
    static Answer nothing() {
        return new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}");
    }
}
