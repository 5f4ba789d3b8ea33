/** Medplum's habits, each on its own. */
@NullMarked
package org.ehrhub.medplum.client;

import org.jspecify.annotations.NullMarked;
