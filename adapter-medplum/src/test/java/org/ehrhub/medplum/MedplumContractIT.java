package org.ehrhub.medplum;

import java.io.IOException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.ehrhub.adapters.Secret;
import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;
import org.ehrhub.testkit.ProxiedEhr;

/** What the contract asks of free times and of bookings; the rest waits for the whole adapter. */
class MedplumContractIT extends AdapterContract {
    @Override
    protected ContractEhr open() throws IOException {
        var clinic = MedplumClinic.open();
        var token = Secret.from(() -> "stub-token");
        var patient = clinic.patient().substring("Patient/".length());
        return ProxiedEhr.of(
                        MedplumClinic.EHR,
                        clinic.stub().base(),
                        base -> new MedplumTrial(MedplumClinic.EHR, base, token, InstantSource.system()))
                .patients("Young", patient, patient)
                .freeTimes(
                        OffsetDateTime.parse("2026-12-07T00:00:00-05:00"),
                        OffsetDateTime.parse("2026-12-12T00:00:00-05:00"))
                .thenClose(clinic::close);
    }
}
