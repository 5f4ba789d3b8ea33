package org.ehrhub.testkit;

import java.util.Optional;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.PatientSearch;

/** An EHR that an adapter is tried on, with what the {@link AdapterContract} must know about it. */
public interface ContractEhr {
    /** The name the adapter was made with. */
    String name();

    /** The adapter under test. */
    EhrAdapter adapter();

    /** A search by family name that at least four patients fit, with at most 100 of them. */
    PatientSearch severalPatients();

    /** A search that at least twelve free times fit, with at most 300 of them; asked only when the adapter books. */
    SlotSearch freeTimes();

    /** How many requests have reached the EHR. */
    long requests();

    /** From now on the EHR cannot be reached. */
    void down();

    /** From now on the EHR takes requests and does not answer. */
    void hang();

    /** Ends what was wrong. */
    void recover();

    /** An id that a reference may hold but that is none of this kind of EHR; empty when any may be one. */
    default Optional<String> impossibleId() {
        return Optional.empty();
    }
}
