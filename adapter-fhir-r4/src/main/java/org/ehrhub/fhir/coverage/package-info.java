/** Who pays: insurance on file, and what payers say when they are asked (FHIR R4, 13; Da Vinci PAS 2.2). */
@NullMarked
package org.ehrhub.fhir.coverage;

import org.jspecify.annotations.NullMarked;
