/** What all writes to a FHIR R4 server share: once per key, under a version, read back, and found again. */
@NullMarked
package org.ehrhub.fhir.writing;

import org.jspecify.annotations.NullMarked;
