@NullMarked
package org.ehrhub.medplum.scheduling;

import org.jspecify.annotations.NullMarked;
