package org.ehrhub.fhir;

import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;

/** The promises on a site with Slot resources, transactions and pages of five rows. */
class FhirR4StMarysIT extends AdapterContract {
    @Override
    protected ContractEhr open() {
        return SandboxEhr.onTrial("stmarys", null);
    }
}
