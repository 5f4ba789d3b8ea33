package org.ehrhub.fhir.provenance;

/** What came of telling an EHR who wrote a record. */
enum Attribution {
    /** Nothing was written that has an author. */
    NOTHING(""),
    /** The EHR has it. */
    KEPT(""),
    /** The EHR has not said yet what it takes. */
    NOT_KNOWN(
            "Whether the EHR keeps Provenance is not known just now; who wrote this stands in the hub's audit trail."),
    /** The EHR says that it does not take it, or the hub may not give it there. */
    NOT_TAKEN("The EHR keeps no Provenance; who wrote this stands in the hub's audit trail."),
    /** The EHR was asked in vain, or there was no time. */
    NOT_CONFIRMED(
            "The write is done; the EHR did not confirm its Provenance, so who wrote this stands in the hub's audit"
                    + " trail.");

    private final String warning;

    Attribution(String warning) {
        this.warning = warning;
    }

    /** What the caller is told; nothing where all is well. */
    String warning() {
        return warning;
    }
}
