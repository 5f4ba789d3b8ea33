/** The EHR asked without the hub: the baseline. */
@NullMarked
package org.ehrhub.benchmarks.ehr;

import org.jspecify.annotations.NullMarked;
