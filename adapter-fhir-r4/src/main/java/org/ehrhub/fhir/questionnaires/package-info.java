/** Questionnaires on a FHIR R4 server. */
@NullMarked
package org.ehrhub.fhir.questionnaires;

import org.jspecify.annotations.NullMarked;
