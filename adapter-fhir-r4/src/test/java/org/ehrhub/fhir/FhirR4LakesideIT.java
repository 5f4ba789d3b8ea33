package org.ehrhub.fhir;

import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;

/** The promises on a site that proposes times, books twice if let, and ignores a filter. */
class FhirR4LakesideIT extends AdapterContract {
    @Override
    protected ContractEhr open() {
        return SandboxEhr.onTrial(
                "lakeside", new FhirR4Config.Scheduling(FhirR4Config.Scheduling.Slots.FIND_OPERATION, null));
    }
}
