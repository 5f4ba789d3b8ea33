/** Operations and GraphQL of Medplum as the settings let callers run them. */
@NullMarked
package org.ehrhub.medplum.operations;

import org.jspecify.annotations.NullMarked;
