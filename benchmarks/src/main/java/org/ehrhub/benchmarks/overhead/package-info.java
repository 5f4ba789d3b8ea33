/** What a call costs through the hub, compared with the same call to the EHR itself. */
@NullMarked
package org.ehrhub.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
