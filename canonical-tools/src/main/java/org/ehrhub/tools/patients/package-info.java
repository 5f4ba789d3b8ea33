/** Patients: finding the right one and reading who they are. */
@NullMarked
package org.ehrhub.tools.patients;

import org.jspecify.annotations.NullMarked;
