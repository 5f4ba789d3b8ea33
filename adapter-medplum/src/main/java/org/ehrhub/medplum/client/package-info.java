/** The ways in which Medplum's servers differ from what the FHIR standard lets expect. */
@NullMarked
package org.ehrhub.medplum.client;

import org.jspecify.annotations.NullMarked;
