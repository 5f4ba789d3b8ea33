/** Tests of answers to questionnaires. */
@NullMarked
package org.ehrhub.fhir.questionnaires;

import org.jspecify.annotations.NullMarked;
