/** How long it takes to prove and to search a long audit trail. */
@NullMarked
package org.ehrhub.benchmarks.trail;

import org.jspecify.annotations.NullMarked;
