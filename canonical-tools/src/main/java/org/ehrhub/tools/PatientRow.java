package org.ehrhub.tools;

import org.jspecify.annotations.Nullable;

/** A row of a list that belongs to one patient; the hub lets none pass that belongs to another than the one asked for. */
public interface PatientRow {
    /** The patient it belongs to, where the EHR says so. */
    @Nullable
    Reference subject();
}
