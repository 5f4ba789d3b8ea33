/** Programs that run inside Medplum (Bots): run, replaced, and put in the place of tools that Medplum has not. */
@NullMarked
package org.ehrhub.medplum.bots;

import org.jspecify.annotations.NullMarked;
