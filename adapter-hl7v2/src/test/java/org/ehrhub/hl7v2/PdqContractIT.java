package org.ehrhub.hl7v2;

import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.PatientSearch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PdqContractIT extends AdapterContract {
    private static PdqHospital hospital;

    @BeforeAll
    static void open() throws InterruptedException {
        hospital = PdqHospital.open();
    }

    @AfterAll
    static void close() {
        hospital.close();
    }

    @Override
    protected ContractEhr ehr() {
        return new Supplier(hospital);
    }

    private record Supplier(PdqHospital hospital) implements ContractEhr {
        @Override
        public String name() {
            return "hospital";
        }

        @Override
        public EhrAdapter adapter() {
            return hospital.adapter();
        }

        @Override
        public PatientSearch severalPatients() {
            return PdqHospital.family("Hil", 20);
        }

        @Override
        public SlotSearch freeTimes() {
            throw new UnsupportedOperationException("PDQ knows no appointments");
        }

        @Override
        public long requests() {
            return hospital.supplier().queries().size();
        }

        @Override
        public void down() {
            hospital.supplier().stop();
        }

        @Override
        public void hang() {
            hospital.supplier().mood(PdqSupplier.Mood.SILENT);
        }

        @Override
        public void recover() {
            hospital.supplier().recover();
        }
    }
}
