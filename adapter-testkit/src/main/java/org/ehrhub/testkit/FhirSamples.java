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
    private static final String BASIC = """
            {"resourceType":"Basic","code":{"text":"%s"},"subject":{"reference":"Patient/%s"}}""";
    private static final String TRANSACTION = """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"resource":%s,"request":{"method":"POST","url":"Basic"}}]}""";

    void addTo(Map<String, Supplier<Record>> made) {
        put(made, FhirTools.WRITE, this::create);
        put(
                made,
                FhirTools.TRANSACTION,
                () -> new FhirTransaction(
                        samples.ehr().name(), new FhirJson(TRANSACTION.formatted(basic())), null, null));
    }

    private FhirWrite create() {
        return new FhirWrite(
                samples.ehr().name(), "create", "Basic", null, null, new FhirJson(basic()), null, null, null, null);
    }

    private String basic() {
        return BASIC.formatted(Marker.NAME, samples.ehr().other().id());
    }
}
