package org.ehrhub.adapters;

import java.util.List;
import java.util.Set;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * How an EHR holds its charts, which the hub asks before it shows anything of them; no caller can ask it. Called as a
 * {@link ToolHandler} is.
 */
public interface ChartAccess {
    /**
     * The charts that there are of these patients. How sensitive they are is noted in {@link CallContext#sensitive()}, under
     * the patient's reference; a patient who is missing from the answer has no chart that the hub may show.
     */
    ToolResult<Page<Chart>> ask(Question question, CallContext call);

    /**
     * Whose the records are that a write is about, asked before it is sent. How sensitive they are is noted as by
     * {@link #ask}. Fails with {@code NOT_FOUND} when there is no such record, and when it cannot be told whose one is.
     */
    ToolResult<Page<Owned>> owners(Written written, CallContext call);

    /**
     * What the hub asks.
     *
     * @param patients whose charts
     * @param consents whether the patients' consents count
     * @param purpose why the chart is to be opened, a code of HL7 v3 PurposeOfUse; absent where nobody said
     */
    record Question(
            Set<Reference> patients,
            boolean consents,
            @Nullable String purpose) {
        /** Takes a copy. */
        public Question {
            patients = Set.copyOf(patients);
        }
    }

    /**
     * What a write is about.
     *
     * @param records those that it names
     * @param fhir what it holds of a caller's own FHIR
     */
    record Written(Set<Reference> records, List<FhirJson> fhir) {
        /** Takes copies. */
        public Written {
            records = Set.copyOf(records);
            fhir = List.copyOf(fhir);
        }
    }

    /**
     * A record that a write is about.
     *
     * @param record it, where it is there already
     * @param patients whose it is; none where it is nobody's
     */
    record Owned(@Nullable Reference record, Set<Reference> patients) {
        /** Takes a copy. */
        public Owned {
            patients = Set.copyOf(patients);
        }
    }

    /**
     * A chart.
     *
     * @param patient whose
     * @param consent what the patient says of it
     */
    record Chart(Reference patient, Consent consent) {}

    /** What a patient's consents say of a chart being opened for a purpose. */
    enum Consent {
        /** None speaks of it, or nobody asked. */
        SILENT,
        /** One permits it, and none denies it. */
        PERMITS,
        /** One denies it, or cannot be understood. */
        DENIES
    }
}
