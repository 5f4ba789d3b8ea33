/** Medplum's scheduling: free times by {@code $find}, bookings by {@code $book}, cancellations by {@code $cancel}. */
@NullMarked
package org.ehrhub.medplum.scheduling;

import org.jspecify.annotations.NullMarked;
