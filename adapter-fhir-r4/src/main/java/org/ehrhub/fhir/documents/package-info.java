/** The documents of a FHIR R4 server: finding them, and getting the text out of the files they are kept in. */
@NullMarked
package org.ehrhub.fhir.documents;

import org.jspecify.annotations.NullMarked;
