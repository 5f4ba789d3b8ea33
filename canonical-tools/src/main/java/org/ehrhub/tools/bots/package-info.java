/** Programs that run inside an EHR, as Medplum's Bots do. */
@NullMarked
package org.ehrhub.tools.bots;

import org.jspecify.annotations.NullMarked;
