package org.ehrhub.hl7v2;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.PatientSearch;

class PdqContractIT extends AdapterContract {
    @Override
    protected ContractEhr open() throws InterruptedException {
        return new Supplier(PdqHospital.open());
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
        public Reference chart() {
            return PdqHospital.patient("1001");
        }

        @Override
        public Reference other() {
            return PdqHospital.patient("1002");
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
        public List<String> writes() {
            return List.of();
        }

        @Override
        public Set<Fault> faults() {
            return EnumSet.of(Fault.DOWN, Fault.HANGS);
        }

        @Override
        public void fault(Fault fault, Fault.On on) {
            if (fault == Fault.DOWN) {
                hospital.supplier().stop();
            } else {
                hospital.supplier().mood(PdqSupplier.Mood.SILENT);
            }
        }

        @Override
        public void recover() {
            hospital.supplier().recover();
        }

        @Override
        public void close() {
            hospital.close();
        }
    }
}
