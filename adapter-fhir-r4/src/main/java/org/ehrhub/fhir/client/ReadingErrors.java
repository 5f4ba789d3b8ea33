package org.ehrhub.fhir.client;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;

/**
 * What is borne with in a server's answers: elements that FHIR does not know, yes; a value where a group of elements
 * belongs, no, for HAPI would drop it, and a list that lost its rows looks like one that has none. Nothing is logged: HAPI
 * would log patients' words with it.
 */
final class ReadingErrors extends LenientErrorHandler {
    ReadingErrors() {
        super(false);
    }

    @Override
    public void incorrectJsonType(
            IParseLocation place,
            String element,
            ValueType expected,
            ScalarType expectedScalar,
            ValueType found,
            ScalarType foundScalar) {
        if (expected == ValueType.OBJECT && found == ValueType.SCALAR) {
            throw new DataFormatException("A value stands where a group belongs");
        }
    }
}
