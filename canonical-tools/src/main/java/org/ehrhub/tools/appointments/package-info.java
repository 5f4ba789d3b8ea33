/** Appointments and the free times they are booked into. */
@NullMarked
package org.ehrhub.tools.appointments;

import org.jspecify.annotations.NullMarked;
