package org.ehrhub.fhir;

import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;

/** The promises where a booking may not use transactions. */
class FhirR4ConditionalIT extends AdapterContract {
    @Override
    protected ContractEhr open() {
        return SandboxEhr.onTrial(
                "stmarys", new FhirR4Config.Scheduling(null, FhirR4Config.Scheduling.Booking.CONDITIONAL));
    }
}
