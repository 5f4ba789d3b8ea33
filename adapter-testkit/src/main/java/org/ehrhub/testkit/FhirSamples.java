package org.ehrhub.testkit;

import static org.ehrhub.testkit.WriteSamples.put;

import java.util.Map;
import java.util.function.Supplier;
import org.ehrhub.testkit.faults.Marker;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirTransaction;
import org.ehrhub.tools.fhir.FhirWrite;

/** Inputs of the tools that write FHIR itself. */
record FhirSamples(Samples samples) {
    void addTo(Map<String, Supplier<Record>> made) {
        put(made, FhirTools.WRITE, this::create);
        put(
                made,
                FhirTools.TRANSACTION,
                () -> new FhirTransaction(samples.ehr().name(), new FhirJson(transaction()), null, null));
    }

    private FhirWrite create() {
        return new FhirWrite(
                samples.ehr().name(),
                "create",
                "Observation",
                null,
                null,
                new FhirJson(finding()),
                null,
                null,
                null,
                null);
    }

    private String transaction() {
        return """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"resource":%s,"request":{"method":"POST","url":"Observation"}}]}""".formatted(finding());
    }

    private String finding() {
        return """
                {"resourceType":"Observation","status":"preliminary","code":{"text":"%s"},
                 "subject":{"reference":"Patient/%s"},"valueString":"%s"}""".formatted(Marker.NAME, samples.ehr().other().id(), Marker.NAME);
    }
}
