package org.ehrhub.benchmarks.overhead;

import java.time.Instant;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;

/**
 * The baseline of governance: the adapter alone does {@code patient.get}, and nobody checks or records it.
 *
 * @param entry the EHR
 */
record AdapterRead(EhrRegistry.Entry entry) implements PatientRead {
    @Override
    public void read(String id) {
        var asked = new PatientGet(Reference.parse(entry.ehr() + "/Patient/" + id));
        var context = new CallContext("bench", ChainRead.CALLER, Instant.now().plusSeconds(10));
        if (!(entry.handlers().call(PatientTools.GET, asked, context) instanceof ToolResult.Ok<?> ok)
                || !(ok.value() instanceof Patient patient)
                || !patient.patient().equals(asked.patient())) {
            throw new IllegalStateException("The adapter answered with another patient than " + id);
        }
    }
}
