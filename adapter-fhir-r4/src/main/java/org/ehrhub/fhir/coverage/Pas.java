package org.ehrhub.fhir.coverage;

/** The names that Da Vinci PAS 2.2 gives things. */
final class Pas {
    private static final String GUIDE = "http://hl7.org/fhir/us/davinci-pas/";
    private static final String X12 = "https://codesystem.x12.org/005010/";

    /** Kinds of supporting information. */
    static final String TEMPORARY_CODES = GUIDE + "CodeSystem/PASTempCodes";

    private Pas() {}

    static String extension(String name) {
        return GUIDE + "StructureDefinition/extension-" + name;
    }

    /** The code system of an X12 data element. */
    static String x12(String element) {
        return X12 + element;
    }
}
