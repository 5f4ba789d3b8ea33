package org.ehrhub.fhir.charts;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How one server wants to be told whose records are searched. {@code Patient/id} and {@code id} mean the same there (FHIR R4,
 * 3.1.1.5.13), but some servers find nothing by one of them; which one works is learnt from the first rows.
 */
final class PatientForm {
    private final AtomicReference<@Nullable Form> learnt = new AtomicReference<>();

    enum Form {
        TYPED,
        BARE;

        String of(String id) {
            return this == TYPED ? "Patient/" + id : id;
        }

        Form other() {
            return this == TYPED ? BARE : TYPED;
        }
    }

    boolean isKnown() {
        return learnt.get() != null;
    }

    /** The form for a search; where none has worked yet, the plainer searches are tried with the other one. */
    Form forAttempt(int attempt) {
        var known = learnt.get();
        return known != null ? known : attempt == 0 ? Form.TYPED : Form.BARE;
    }

    /** Rows of the patient came. */
    void worked(Form form) {
        learnt.compareAndSet(null, form);
    }
}
