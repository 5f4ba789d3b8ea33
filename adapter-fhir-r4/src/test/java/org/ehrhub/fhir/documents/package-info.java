/** Tests of documents and of the text that is got out of them. */
@NullMarked
package org.ehrhub.fhir.documents;

import org.jspecify.annotations.NullMarked;
