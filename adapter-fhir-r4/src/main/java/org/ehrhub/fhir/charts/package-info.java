/** What a FHIR R4 server knows of a patient's health: one list for each kind of record, and the summary of them all. */
@NullMarked
package org.ehrhub.fhir.charts;

import org.jspecify.annotations.NullMarked;
