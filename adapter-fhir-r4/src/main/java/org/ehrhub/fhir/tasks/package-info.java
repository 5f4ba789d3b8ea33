/** Tasks on a FHIR R4 server. */
@NullMarked
package org.ehrhub.fhir.tasks;

import org.jspecify.annotations.NullMarked;
