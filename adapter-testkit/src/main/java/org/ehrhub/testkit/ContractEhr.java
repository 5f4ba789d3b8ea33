package org.ehrhub.testkit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.PatientSearch;

/**
 * An EHR that an adapter is tried on, with what the {@link AdapterContract} must know about it. {@link ProxiedEhr} is one
 * for any server that speaks FHIR over HTTP.
 */
public interface ContractEhr extends AutoCloseable {
    /** The name the adapter was made with. */
    String name();

    /** The adapter under test. */
    EhrAdapter adapter();

    /** A search by family name that four to a hundred patients fit; asked only when the adapter searches patients. */
    PatientSearch severalPatients();

    /** A patient with records of every kind that the adapter lists, best several of each; one of the several. */
    Reference chart();

    /** Another patient, on whom the contract tries writes. */
    Reference other();

    /** A search that 12 to 300 free times fit; asked only when the adapter finds times. */
    SlotSearch freeTimes();

    /**
     * A new input of a tool where the contract cannot make one up from these: a code that the EHR's terminology knows, a
     * questionnaire, a bot. For a write, with words that hold {@link org.ehrhub.testkit.faults.Marker#FAMILY} where words
     * are free.
     */
    default Optional<Record> sample(CanonicalTool<?, ?> tool) {
        return Optional.empty();
    }

    /**
     * The tools of this kind of EHR that this one has not: the adapter knows it, or learns it when it first asks, and
     * withholds exactly these.
     */
    default Set<CanonicalTool<?, ?>> lacks() {
        return Set.of();
    }

    /** An id that a reference may hold but that is none of this kind of EHR; empty when any may be one. */
    default Optional<String> impossibleId() {
        return Optional.empty();
    }

    /** How many requests have reached the EHR. */
    long requests();

    /** Those of them that may change something, one text each: equal for equal requests. */
    List<String> writes();

    /** How many requests have gone to another host, where the EHR had pointed. */
    default long strays() {
        return 0;
    }

    /** How many bytes of {@link Fault#HUGE} answers the adapter has taken. */
    default long hugeBytes() {
        return 0;
    }

    /** What can be made wrong with it. */
    Set<Fault> faults();

    /** Misbehaves like this from now on. */
    void fault(Fault fault, Fault.On on);

    /** Behaves again. */
    void recover();

    @Override
    default void close() {}
}
