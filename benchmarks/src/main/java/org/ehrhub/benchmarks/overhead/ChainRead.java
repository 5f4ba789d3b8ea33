package org.ehrhub.benchmarks.overhead;

import java.util.Set;
import org.ehrhub.routes.ToolCaller;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.TraceContext;
import org.ehrhub.tools.patients.PatientTools;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole chain does {@code patient.get}, from the arguments as JSON to the answer as text.
 *
 * @param tools the hub's routes
 * @param ehr what the hub calls the EHR
 */
record ChainRead(ToolCaller tools, String ehr) implements PatientRead {
    static final Caller CALLER = new Caller("bench", Set.of("local"));
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public void read(String id) {
        var reference = ehr + "/Patient/" + id;
        var arguments = JSON.createObjectNode().put("patient", reference);
        var answer = tools.call(PatientTools.GET.name(), arguments, CALLER, TraceContext.begun());
        var found = answer.json().path("item").path("patient").asString("");
        if (answer.failed() || !found.equals(reference) || answer.text().isEmpty()) {
            throw new IllegalStateException("The hub answered with another patient than " + id);
        }
    }
}
