package org.ehrhub.medplum;

import java.io.IOException;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.PatientSearch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the contract asks of free times; its bookings need patient.search and wait for the whole adapter. */
class MedplumContractIT extends AdapterContract {
    private static MedplumClinic clinic;

    @BeforeAll
    static void open() throws IOException {
        clinic = MedplumClinic.open();
    }

    @AfterAll
    static void close() {
        clinic.close();
    }

    @Override
    protected ContractEhr ehr() {
        return new Clinic(clinic);
    }

    private record Clinic(MedplumClinic clinic) implements ContractEhr {
        @Override
        public String name() {
            return MedplumClinic.EHR;
        }

        @Override
        public EhrAdapter adapter() {
            return clinic.adapter();
        }

        @Override
        public PatientSearch severalPatients() {
            throw new UnsupportedOperationException("The trial does not search patients");
        }

        @Override
        public SlotSearch freeTimes() {
            return MedplumClinic.between("2026-12-07T00:00:00-05:00", "2026-12-10T00:00:00-05:00", 20);
        }

        @Override
        public long requests() {
            return clinic.stub().requests().size();
        }

        @Override
        public void down() {
            throw new UnsupportedOperationException("The promises about a server that is down need patient.get");
        }

        @Override
        public void hang() {
            throw new UnsupportedOperationException("The promises about a server that hangs need patient.get");
        }

        @Override
        public void recover() {
            clinic.stub().mood(MedplumStub.Mood.ANSWERING);
        }
    }
}
